import { checkOptions, type HandledRoutes, isAddress, type OptionTable } from '@vestibule/http';
import { type NodeServer, serveRoutes } from '@vestibule/http/node';
import { type Request as ExpressRequest, type RequestHandler, Router } from 'express';

/** Options of `createRouter`. */
export interface RouterOptions extends HandledRoutes {
  /**
   * The address of the client.
   *
   * @default Express's `request.ip`, which follows `trust proxy`; the address of the connection if that is not an IP
   * address, because proxies pass on what clients write into `X-Forwarded-For`
   */
  readonly ip?: (request: ExpressRequest) => string;
}

const OPTIONS: OptionTable<RouterOptions> = {
  origin: 'string',
  routes: 'list',
  anyHost: 'boolean?',
  ip: 'function?',
};

/**
 * An Express router that responds to exactly these routes. If an endpoint returns `undefined`, the request is passed on to
 * the next handler, like any other path. Mount it before body parsers.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @throws Error if `origin` is not an origin
 */
export function createRouter(options: RouterOptions): Router {
  checkOptions('createRouter', options, OPTIONS);
  const { ip = addressOf, ...served } = options;
  return routerFor(serveRoutes({ ...served, ip }));
}

/** An Express router that passes on what the server does not serve. */
export function routerFor(serve: NodeServer<ExpressRequest>): Router {
  const handle: RequestHandler = async (incoming, outgoing, next) => {
    if (!(await serve(incoming, outgoing))) next();
  };
  return Router().use(handle);
}

/**
 * Uses the address of the connection if `ip` is not an address: a client could invent a new text for each request, and each
 * would have its own limits.
 */
export function addressOf({ ip = '', socket }: ExpressRequest): string {
  return isAddress(ip) ? ip : (socket.remoteAddress ?? '');
}
