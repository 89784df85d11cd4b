import type { Endpoint, Handler, RequestInfo } from '../handler.ts';
import { type PlainRequest, plainRequestOf } from './plain-request.ts';
import { type Reply, toResponse } from './reply.ts';

/** A handler over plain values. */
export type PlainHandler<Answer extends Reply | undefined = Reply> = (
  request: PlainRequest,
  info: RequestInfo,
) => Promise<Answer>;

const handlers = new WeakMap<Endpoint, PlainHandler<Reply | undefined>>();

/**
 * An endpoint from a handler over plain values. A server that knows {@link directHandlerOf} calls the handler without making a
 * `Request` and a `Response`.
 */
export function plainEndpoint(handler: PlainHandler): Handler;
/** The same for a handler that leaves requests to others. */
export function plainEndpoint(handler: PlainHandler<Reply | undefined>): Endpoint;
/** Creates the endpoint, and notes its handler. */
export function plainEndpoint(handler: PlainHandler<Reply | undefined>): Endpoint {
  const endpoint: Endpoint = async (request, info) => {
    const reply = await handler(plainRequestOf(request), info);
    return reply && toResponse(reply);
  };
  handlers.set(endpoint, handler);
  return endpoint;
}

/** The handler of an endpoint over plain values. `undefined` if it has none, or another handler was put around it. */
export const directHandlerOf = (endpoint: Endpoint): PlainHandler<Reply | undefined> | undefined =>
  handlers.get(endpoint);
