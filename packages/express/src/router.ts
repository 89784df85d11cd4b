import { checkOptions, isAddress, type OptionTable, type Route } from '@vestibule/http';
import { discardRest, sendResponse, toRequest } from '@vestibule/http/node';
import type { ServerResponse } from 'node:http';
import { type Request as ExpressRequest, type RequestHandler, Router } from 'express';
import { respondsAt, requestedHost } from './host.ts';

/** Options of `createRouter`. */
export interface RouterOptions {
  /**
   * Scheme, host and port as clients use them: `https://id.example`. Every request gets this origin, whatever its headers
   * say.
   */
  readonly origin: string;
  readonly routes: readonly Route[];
  /**
   * Whether the router responds at any host although its origin is a loopback address, as health checks need. Otherwise a
   * loopback origin responds at loopback names only (DNS rebinding) and passes other requests on.
   *
   * @default false
   */
  readonly anyHost?: boolean;
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
  const { origin, routes, anyHost = false, ip = addressOf } = options;
  if (URL.parse(origin)?.origin !== origin) {
    throw new Error(`The origin ${origin} must be scheme, host and port alone, such as https://id.example.`);
  }
  const router = Router({ caseSensitive: true, strict: true });
  for (const { path, below = false, endpoint } of routes) {
    const handle: RequestHandler = async (incoming, outgoing, next) => {
      if (!anyHost && !respondsAt(origin, requestedHost(incoming))) return next();
      const request = toRequest(incoming, origin, hangUpSignal(outgoing));
      const response = request && (await endpoint(request, { ip: ip(incoming) }));
      if (response === undefined) return next();
      await sendResponse(response, outgoing, incoming.method);
      discardRest(incoming);
    };
    router.all(below === false ? escapePath(path) : segmentsBelow(path, Number(below)), handle);
  }
  return router;
}

/**
 * Uses the address of the connection if `ip` is not an address: a client could invent a new text for each request, and each
 * would have its own limits.
 */
function addressOf({ ip = '', socket }: ExpressRequest): string {
  return isAddress(ip) ? ip : (socket.remoteAddress ?? '');
}

/** A signal that is aborted if the client disconnects before the response is sent. */
function hangUpSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Escapes the characters that Express gives a meaning in a path. */
const escapePath = (path: string): string => path.replace(/[{}()[\]*:?+!\\]/g, '\\$&');

/** Returns the given number of segments below a path, undecoded. Parameters of Express are decoded, which can fail. */
const segmentsBelow = (path: string, count: number): RegExp =>
  new RegExp(`^${path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?:/[^/]+){${count}}$`);
