import type { Endpoint, Handler } from '../handler.ts';
import { headersForPages, preflightHeaders } from '../response/cors.ts';
import { failureOf, failureReply, type OnError } from '../response/error-boundary.ts';
import { allowedMethods, methodNotAllowed } from '../response/methods.ts';
import { plainEndpoint, type PlainHandler } from './plain-endpoint.ts';
import type { PlainRequest } from './plain-request.ts';
import type { Reply } from './reply.ts';

/** Options of {@link programEndpoint}. */
export interface ProgramEndpoint<Answer extends Reply | undefined> {
  /** The methods that the handler responds to. `GET` includes `HEAD`. */
  readonly methods: readonly string[];
  readonly onError: OnError;
  readonly handler: PlainHandler<Answer>;
  /**
   * Whether the endpoint exists for a request. If not, it returns `undefined`, whatever the method is.
   *
   * @default it always exists
   */
  readonly exists?: (request: PlainRequest) => boolean | Promise<boolean>;
}

/**
 * An endpoint for programs: `withCors` around `withErrorBoundary` around `allowMethods` in one function, over plain values.
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-cors-protocol Fetch, CORS protocol}
 */
export function programEndpoint(options: ProgramEndpoint<Reply> & { readonly exists?: never }): Handler;
/** The same for a handler that leaves requests to others. */
export function programEndpoint(options: ProgramEndpoint<Reply | undefined>): Endpoint;
/** Creates the endpoint from its options. */
export function programEndpoint({
  methods,
  onError,
  handler,
  exists,
}: ProgramEndpoint<Reply | undefined>): Endpoint {
  const allowed = allowedMethods(methods);
  const preflight: Reply = { status: 204, headers: preflightHeaders(methods) };

  return plainEndpoint(async (request, info): Promise<Reply | undefined> => {
    const { method } = request;
    try {
      const found = exists?.(request) ?? true;
      if (!(typeof found === 'boolean' ? found : await found)) return undefined;
      if (allowed.includes(method)) return readable(await handler(request, info));
      return readable(method === 'OPTIONS' ? preflight : methodNotAllowed(method, allowed));
    } catch (error) {
      // A client that disconnected during its request is not a bug, and reads no response.
      if (!request.isAborted()) onError(error, request.standard());
      return readable(failureReply(failureOf(error)));
    }
  });
}

const FOR_PAGES = headersForPages();

/** Pages of any origin can read every response. */
const readable = (reply: Reply | undefined): Reply | undefined =>
  reply && { ...reply, headers: { ...reply.headers, ...FOR_PAGES } };
