import { siteOf } from '@vestibule/express';
import { type Endpoint, isLoopbackUrl, type Route } from '@vestibule/http';
import type { Served } from './realms/served-realms.ts';

/**
 * Serves the sites to any server that speaks `Request` and `Response`. The host of a request only selects the site; the request
 * that an endpoint gets has the configured origin. Returns `undefined` for a path that no realm has.
 *
 * @param served returns the current realms and sites
 */
export const createFetchEndpoint =
  (served: () => Promise<Served>): Endpoint =>
  async (request, info) => {
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
    for (const route of routes) {
      const response = isAt(route, pathname) ? await route.endpoint(ours, info) : undefined;
      if (response !== undefined) return response;
    }
    return undefined;
  };

/** Whether a route serves a path, compared as it was sent. */
function isAt({ path, below = false }: Route, asked: string): boolean {
  if (below === false) return path === asked;
  if (!asked.startsWith(`${path}/`)) return false;
  const segments = asked.slice(path.length + 1).split('/');
  return segments.length === Number(below) && segments.every((segment) => segment !== '');
}
