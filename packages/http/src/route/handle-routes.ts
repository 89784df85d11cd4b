import { checkOptions, isLoopbackUrl, type OptionTable } from '@vestibule/core';
import type { Endpoint, Route } from '../handler.ts';
import { withoutHopByHopFields } from '../response/hop-by-hop.ts';
import { requireOrigin } from './origin.ts';
import { createRouteTable } from './route-table.ts';

/** Options of `handleRoutes`. */
export interface HandledRoutes {
  /**
   * Scheme, host and port as clients use them: `https://id.example`. Every request gets this origin, whatever its URL and its headers
   * say.
   */
  readonly origin: string;
  readonly routes: readonly Route[];
  /**
   * Whether the routes respond at any host although the origin is a loopback address, as health checks need. Otherwise a loopback
   * origin responds at loopback names only (DNS rebinding) and passes other requests on.
   *
   * @default false
   */
  readonly anyHost?: boolean;
}

const OPTIONS: OptionTable<HandledRoutes> = { origin: 'string', routes: 'list', anyHost: 'boolean?' };

/**
 * One endpoint for exactly these routes, for any server that speaks `Request` and `Response`. Returns `undefined` for what no route
 * responds to: then another handler should respond. The `ip` is an argument of the endpoint, because only the server knows it.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @throws Error if `origin` is not an origin; the endpoint throws what the endpoint of a route throws
 * @example
 * ```ts
 * import { handleRoutes } from '@vestibule/http';
 *
 * const hello = { path: '/hello', endpoint: async (request: Request) => new Response(request.url) };
 * const handle = handleRoutes({ origin: 'https://id.example', routes: [hello] });
 * const response = await handle(new Request('http://10.0.0.7:3000/hello'), { ip: '192.0.2.1' });
 * console.log(await response?.text());
 * // → https://id.example/hello
 * ```
 */
export function handleRoutes(options: HandledRoutes): Endpoint {
  checkOptions('handleRoutes', options, OPTIONS);
  const { origin, routes, anyHost = false } = options;
  requireOrigin(origin);
  const endpointsOf = createRouteTable(routes);
  const isLocal = isLoopbackUrl(origin) && !anyHost;

  return async (request, info) => {
    const url = new URL(request.url);
    const endpoints = endpointsOf(url.pathname);
    if (endpoints.length === 0 || FORBIDDEN_METHODS.has(request.method)) return undefined;
    if (isLocal && !namesLoopback(url, request.headers)) return undefined;
    requireUnused(request);
    const ours = atOrigin(request, origin, url);
    for (const endpoint of endpoints) {
      const response = await endpoint(ours, info);
      if (response !== undefined) return toSend(response, request.method);
    }
    return undefined;
  };
}

/** Methods that a `Request` cannot have. Some servers tell them by other means. */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Whether a request names loopback hosts only. Some servers put `Host` into the URL, others the host that they were started with; a page
 * of another name that resolves to this computer has that name in one of them (DNS rebinding).
 */
const namesLoopback = ({ host }: URL, headers: Headers): boolean =>
  [host, headers.get('host') ?? host].every((name) => name === '' || isLoopbackUrl(`http://${name}`));

/** @throws Error if the body was read before */
function requireUnused(request: Request): void {
  if (request.bodyUsed) {
    throw new Error('The body was read before it came here. Mount these routes before body parsers.');
  }
}

/** The request with the URL that it has at the configured origin. */
function atOrigin(request: Request, origin: string, { pathname, search }: URL): Request {
  if (request.url.startsWith(`${origin}/`)) return request;
  const { method, headers, body, signal } = request;
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(`${origin}${pathname}${search}`, init);
}

/** A response without what is for the server to decide: header fields about the connection, and a body that HEAD has not. */
function toSend(response: Response, method: string): Response {
  const headers = withoutHopByHopFields(response.headers);
  const isHead = method === 'HEAD' && response.body !== null;
  if (headers === response.headers && !isHead) return response;
  const { status, statusText, body } = response;
  // What a stream throws when it is canceled has no response to break.
  if (isHead) body?.cancel().catch(() => undefined);
  return new Response(isHead ? null : body, { status, statusText, headers });
}
