import { isAddress, type Route } from '@vestibule/http';
import { discardRest, sendResponse, toRequest } from '@vestibule/http/node';
import type { ServerResponse } from 'node:http';
import { type Request as ExpressRequest, type RequestHandler, Router } from 'express';
import { mayAnswerAt, requestedHost } from './host.ts';

export interface RouterOptions {
  /** Scheme, host and port that the world sees: `https://id.example`. Requests are given this one, whatever they say. */
  readonly origin: string;
  readonly routes: readonly Route[];
  /**
   * Whether it answers at any host though its origin is on this computer: for what monitors ask, under whatever name. Without
   * it a loopback origin answers at loopback names alone (DNS rebinding), and passes on what is for another host.
   *
   * @default false
   */
  readonly anyHost?: boolean;
  /**
   * Where a request comes from.
   *
   * @default Express's `request.ip`, which follows `trust proxy`; the address of the connection if that is no IP address,
   * because a proxy passes on what clients write into `X-Forwarded-For`
   */
  readonly ip?: (request: ExpressRequest) => string;
}

/**
 * An Express router that answers exactly these routes. An endpoint with nothing to say passes on to whatever
 * stands behind it, as an unknown path does; so does every other path. Mount it before body parsers.
 *
 * @throws Error where `origin` is more or less than an origin
 */
export function createRouter({ origin, routes, anyHost = false, ip = addressOf }: RouterOptions): Router {
  if (URL.parse(origin)?.origin !== origin) {
    throw new Error(`The origin ${origin} must be scheme, host and port alone, such as https://id.example.`);
  }
  const router = Router({ caseSensitive: true, strict: true });
  for (const { path, below = false, endpoint } of routes) {
    const handle: RequestHandler = async (incoming, outgoing, next) => {
      if (!anyHost && !mayAnswerAt(origin, requestedHost(incoming))) return next();
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

/** What a client makes up could be another at each request, and would have limits of its own each time. */
function addressOf({ ip = '', socket }: ExpressRequest): string {
  return isAddress(ip) ? ip : (socket.remoteAddress ?? '');
}

/** Aborted when the other side goes away before its answer is out. */
function hangUpSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Express gives some characters of a path a meaning; here none has one. */
const escapePath = (path: string): string => path.replace(/[{}()[\]*:?+!\\]/g, '\\$&');

/** What is so many segments below a path, as it was sent: a parameter of Express would be decoded, and may not be decodable. */
const segmentsBelow = (path: string, count: number): RegExp =>
  new RegExp(`^${path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?:/[^/]+){${count}}$`);
