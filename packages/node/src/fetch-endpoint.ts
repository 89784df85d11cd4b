import { siteOf } from '@vestibule/express';
import { createRouteTable, type Endpoint, isLoopbackUrl, type Route, type RouteTable } from '@vestibule/http';
import type { Served } from './realms/served-realms.ts';

/**
 * Serves the sites to any server that speaks `Request` and `Response`. The host of a request only selects the site; the request
 * that an endpoint gets has the configured origin. Returns `undefined` for a path that no realm has.
 *
 * @param served returns the current realms and sites
 */
export function createFetchEndpoint(served: () => Promise<Served>): Endpoint {
  const tables = new WeakMap<readonly Route[], RouteTable>();
  function tableOf(routes: readonly Route[]): RouteTable {
    const known = tables.get(routes);
    if (known !== undefined) return known;
    const made = createRouteTable(routes);
    tables.set(routes, made);
    return made;
  }

  return async (request, info) => {
    const { host, pathname, search } = new URL(request.url);
    const { sites } = await served();
    const site = siteOf(sites, { url: pathname, headers: { host } });
    if (site === undefined) return undefined;
    const { origin, routes } = site;
    // A loopback origin responds to loopback names only, because of DNS rebinding.
    if (isLoopbackUrl(origin) && !isLoopbackUrl(`http://${host}`)) return undefined;
    const ours = request.url.startsWith(`${origin}/`)
      ? request
      : new Request(`${origin}${pathname}${search}`, request);
    for (const endpoint of tableOf(routes)(pathname)) {
      const response = await endpoint(ours, info);
      if (response !== undefined) return response;
    }
    return undefined;
  };
}
