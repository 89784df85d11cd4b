import { type RequestHandler, Router } from 'express';
import { requestedHost } from './host.ts';
import { createRouter, type RouterOptions } from './router.ts';
import type { NodeRequest } from '@vestibule/http/node';

/** One origin, and what is there. */
export type Site = Pick<RouterOptions, 'origin' | 'routes'>;

export interface SitesOptions extends Pick<RouterOptions, 'ip'> {
  readonly sites: readonly Site[];
}

/**
 * An Express router for several origins in one process. A request's `Host` chooses among those that are configured, to the
 * letter, and that is all it does: no address is ever made from it. Where there is one origin alone it answers at any host,
 * unless it is on this computer: see `anyHost` of {@link RouterOptions}.
 *
 * @throws Error where an origin is there twice, or is more or less than an origin
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

/** The site that a request is for: the only one, or the one at its host. */
export function siteOf(sites: readonly Site[], request: NodeRequest): Site | undefined {
  const [only, ...others] = sites;
  const host = requestedHost(request);
  return others.length === 0 ? only : sites.find(({ origin }) => hostOf(origin) === host);
}

/** As browsers and programs send it: without the port that goes without saying. */
const hostOf = (origin: string): string => URL.parse(origin)?.host ?? origin;
