import { siteOf, type Site } from '@vestibule/express';
import { type Endpoint, handleRoutes } from '@vestibule/http';
import type { Served } from './realms/served-realms.ts';

/**
 * Serves the sites to any server that speaks `Request` and `Response`. The host of a request only selects the site; the request
 * that an endpoint gets has the configured origin. Returns `undefined` for a path that no realm has.
 *
 * @param served returns the current realms and sites
 */
export function createFetchEndpoint(served: () => Promise<Served>): Endpoint {
  const endpoints = new WeakMap<Site, Endpoint>();
  function endpointOf(site: Site): Endpoint {
    const known = endpoints.get(site);
    if (known !== undefined) return known;
    const made = handleRoutes(site);
    endpoints.set(site, made);
    return made;
  }

  return async (request, info) => {
    const { host, pathname } = new URL(request.url);
    const { sites } = await served();
    const site = siteOf(sites, { url: pathname, headers: { host } });
    return site && endpointOf(site)(request, info);
  };
}
