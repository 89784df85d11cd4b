import { type RequestHandler, Router } from 'express';
import { requestedHost } from './host.ts';
import { createRouter, type RouterOptions } from './router.ts';
import type { NodeRequest } from '@vestibule/http/node';

/** One origin and its routes. */
export type Site = Pick<RouterOptions, 'origin' | 'routes'>;

export interface SitesOptions extends Pick<RouterOptions, 'ip'> {
  readonly sites: readonly Site[];
}

/**
 * An Express router for several origins in one process. The `Host` of a request must equal one of the configured hosts and
 * only selects it; no URL is made from it. If only one origin is configured, it responds at any host, unless it is a
 * loopback origin: see `anyHost` of {@link RouterOptions}.
 *
 * @throws Error if an origin is given twice or is not an origin
 */
export function createSitesRouter({ sites, ...options }: SitesOptions): Router {
  const routers = new Map(sites.map((site) => [hostOf(site.origin), createRouter({ ...site, ...options })]));
  if (routers.size < sites.length) throw new Error('Two sites have the same host.');
  const [only] = routers.values();
  if (routers.size === 1 && only !== undefined) return only;

  const dispatch: RequestHandler = (request, response, next) => {
    const router = routers.get(requestedHost(request));
    if (router === undefined) return next();
    return router(request, response, next);
  };
  return Router().use(dispatch);
}

/** The site of a request: the only one, or the one with its host. */
export function siteOf(sites: readonly Site[], request: NodeRequest): Site | undefined {
  const [only, ...others] = sites;
  const host = requestedHost(request);
  return others.length === 0 ? only : sites.find(({ origin }) => hostOf(origin) === host);
}

/** The host as browsers and programs send it: without a default port. */
const hostOf = (origin: string): string => URL.parse(origin)?.host ?? origin;
