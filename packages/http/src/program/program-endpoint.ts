import type { Endpoint, Handler, RequestInfo } from '../handler.ts';
import { headersForPages, preflightHeaders } from '../response/cors.ts';
import { failureOf, failureReply, type OnError } from '../response/error-boundary.ts';
import { allowedMethods, methodNotAllowed } from '../response/methods.ts';
import { type PlainRequest, plainRequestOf } from './plain-request.ts';
import { type Reply, toResponse } from './reply.ts';

/** A handler over plain values. */
export type ProgramHandler<Answer extends Reply | undefined = Reply> = (
  request: PlainRequest,
  info: RequestInfo,
) => Promise<Answer>;

/** Options of {@link programEndpoint}. */
export interface ProgramEndpoint<Answer extends Reply | undefined> {
  /** The methods that the handler responds to. `GET` includes `HEAD`. */
  readonly methods: readonly string[];
  readonly onError: OnError;
  readonly handler: ProgramHandler<Answer>;
  /**
   * Whether the endpoint exists for a request. If not, it returns `undefined`, whatever the method is.
   *
   * @default it always exists
   */
  readonly exists?: (request: PlainRequest) => Promise<boolean>;
}

const directs = new WeakMap<Endpoint, ProgramHandler<Reply | undefined>>();

/**
 * An endpoint for programs: `withCors` around `withErrorBoundary` around `allowMethods` in one function, over plain values. A
 * server that knows {@link directHandlerOf} calls it without making a `Request` and a `Response`.
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-cors-protocol Fetch, CORS protocol}
 */
export function programEndpoint(options: ProgramEndpoint<Reply> & { readonly exists?: never }): Handler;
export function programEndpoint(options: ProgramEndpoint<Reply | undefined>): Endpoint;
export function programEndpoint({
  methods,
  onError,
  handler,
  exists,
}: ProgramEndpoint<Reply | undefined>): Endpoint {
  const allowed = allowedMethods(methods);
  const preflight: Reply = { status: 204, headers: preflightHeaders(methods) };

  const direct: ProgramHandler<Reply | undefined> = async (request, info) => {
    const { method } = request;
    try {
      if (exists !== undefined && !(await exists(request))) return undefined;
      if (allowed.includes(method)) return readable(await handler(request, info));
      return readable(method === 'OPTIONS' ? preflight : methodNotAllowed(method, allowed));
    } catch (error) {
      // A client that disconnected during its request is not a bug, and reads no response.
      if (!request.isAborted()) onError(error, request.standard());
      return readable(failureReply(failureOf(error)));
    }
  };
  const endpoint: Endpoint = async (request, info) => {
    const reply = await direct(plainRequestOf(request), info);
    return reply && toResponse(reply);
  };
  directs.set(endpoint, direct);
  return endpoint;
}

/** The handler of an endpoint over plain values. `undefined` if it has none, or another handler was put around it. */
export const directHandlerOf = (endpoint: Endpoint): ProgramHandler<Reply | undefined> | undefined =>
  directs.get(endpoint);

const FOR_PAGES = headersForPages();

/** Pages of any origin can read every response. */
const readable = (reply: Reply | undefined): Reply | undefined =>
  reply && { ...reply, headers: { ...reply.headers, ...FOR_PAGES } };
