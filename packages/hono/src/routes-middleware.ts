import { checkOptions, handleRoutes, type HandledRoutes, isAddress, type OptionTable } from '@vestibule/http';
import type { Context, MiddlewareHandler } from 'hono';

/** Options of `routesMiddleware`. */
export interface RoutesOptions extends HandledRoutes {
  /**
   * The address of the client. Hono does not know it: each runtime has a function of its own, and only you know which proxies are in
   * front. A text that is not an IP address counts as no address, because a client may have written it; all clients without an address
   * share their limits.
   */
  readonly ip: (context: Context) => string | undefined;
}

const OPTIONS: OptionTable<RoutesOptions> = {
  origin: 'string',
  routes: 'list',
  anyHost: 'boolean?',
  ip: 'function',
};

/**
 * A Hono middleware that responds to exactly these routes. If an endpoint returns `undefined`, the request is passed on to the next
 * handler, like any other path. Mount it with `app.use`, before what reads bodies.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @throws Error if `origin` is not an origin
 * @example
 * ```ts
 * import { getConnInfo } from '@hono/node-server/conninfo';
 * import { routesMiddleware } from '@vestibule/hono';
 * import { Hono } from 'hono';
 *
 * const hello = { path: '/hello', endpoint: async (request: Request) => new Response(request.url) };
 * const app = new Hono().use(
 *   routesMiddleware({
 *     origin: 'https://id.example',
 *     routes: [hello],
 *     ip: (context) => getConnInfo(context).remote.address,
 *   }),
 * );
 * ```
 */
export function routesMiddleware(options: RoutesOptions): MiddlewareHandler {
  checkOptions('routesMiddleware', options, OPTIONS);
  const { ip, ...handled } = options;
  const handle = handleRoutes(handled);

  return async (context, next) => {
    const address = ip(context) ?? '';
    const response = await handle(context.req.raw, { ip: isAddress(address) ? address : '' });
    if (response === undefined) return next();
    onceSent(context.env, () => discardRest(context.req.raw));
    return response;
  };
}

/** Calls back when Node has sent the response. Other runtimes do not have what to wait for in `env`, and need no help. */
function onceSent(env: unknown, callback: () => void): void {
  if (typeof env !== 'object' || env === null || !('outgoing' in env)) return;
  const { outgoing } = env;
  if (typeof outgoing !== 'object' || outgoing === null || !('once' in outgoing)) return;
  if (typeof outgoing.once === 'function') outgoing.once('finish', callback);
}

/** Reads what is left of a body. Otherwise `@hono/node-server` waits half a second for it and closes the connection. */
function discardRest({ body }: Request): void {
  if (body !== null && !body.locked) body.pipeTo(new WritableStream()).catch(() => undefined);
}
