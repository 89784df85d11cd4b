import { checkOptions, type OptionTable } from '@vestibule/http';
import { type RequestHandler, Router } from 'express';
import { requestedHost, type RequestedUrl } from './host.ts';
import { createRouter, type RouterOptions } from './router.ts';

/** One origin and its routes. */
export type Site = Pick<RouterOptions, 'origin' | 'routes'>;

/** Options of `createSitesRouter`. */
export interface SitesOptions extends Pick<RouterOptions, 'ip'> {
  /**
   * The sites, or a function that returns the current ones and is called for each request. While a site does not change, it
   * must be the same object, because each object has a router of its own.
   */
  readonly sites: readonly Site[] | (() => Promise<readonly Site[]>);
}

const OPTIONS: OptionTable<SitesOptions> = { sites: 'list | function', ip: 'function?' };

/**
 * An Express router for several origins in one process. The `Host` of a request must equal one of the configured hosts and
 * only selects it; no URL is made from it. If only one origin is configured, it responds at any host, unless it is a
 * loopback origin: see `anyHost` of {@link RouterOptions}.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @throws Error if an origin is given twice or is not an origin; if the sites are a function, its router passes the error on
 */
export function createSitesRouter(given: SitesOptions): Router {
  checkOptions('createSitesRouter', given, OPTIONS);
  const { sites, ...options } = given;
  const routers = new WeakMap<Site, Router>();
  const checked = new WeakSet<readonly Site[]>();

  function check(current: readonly Site[]): readonly Site[] {
    if (checked.has(current)) return current;
    const hosts = new Set(current.map(({ origin }) => hostOf(origin)));
    if (hosts.size < current.length) throw new Error('Two sites have the same host.');
    checked.add(current);
    return current;
  }
  function routerOf(site: Site): Router {
    const known = routers.get(site);
    if (known !== undefined) return known;
    const router = createRouter({ origin: site.origin, routes: site.routes, ...options });
    routers.set(site, router);
    return router;
  }

  const current = typeof sites === 'function' ? sites : async () => sites;
  if (typeof sites !== 'function') check(sites).forEach(routerOf);
  const serve = async (...[request, response, next]: Parameters<RequestHandler>): Promise<unknown> => {
    const site = siteOf(check(await current()), request);
    return site === undefined ? next() : routerOf(site)(request, response, next);
  };
  const dispatch: RequestHandler = (...request) => serve(...request);
  return Router().use(dispatch);
}

/** The site of a request: the only one, or the one with its host. */
export function siteOf(sites: readonly Site[], request: RequestedUrl): Site | undefined {
  const [only, ...others] = sites;
  const host = requestedHost(request);
  return others.length === 0 ? only : sites.find(({ origin }) => hostOf(origin) === host);
}

/** The host as browsers and programs send it: without a default port. */
const hostOf = (origin: string): string => URL.parse(origin)?.host ?? origin;
