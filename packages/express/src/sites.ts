import { checkOptions, type OptionTable, requireOrigin } from '@vestibule/http';
import { requireHosts, serveSites, type Site } from '@vestibule/http/node';
import type { Router } from 'express';
import { addressOf, routerFor, type RouterOptions } from './router.ts';

/** Options of `createSitesRouter`. */
export interface SitesOptions extends Pick<RouterOptions, 'ip'> {
  /**
   * The sites, or a function that returns the current ones and is called for each request. While a site does not change, it
   * must be the same object, because each object has a route table of its own.
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
  const { sites, ip = addressOf } = given;
  if (typeof sites !== 'function') check(sites);
  const current = typeof sites === 'function' ? async () => check(await sites()) : async () => sites;
  return routerFor(serveSites({ sites: current, ip }));
}

const checked = new WeakSet<readonly Site[]>();

function check(sites: readonly Site[]): readonly Site[] {
  if (checked.has(sites)) return sites;
  for (const { origin } of sites) requireOrigin(origin);
  checked.add(requireHosts(sites));
  return sites;
}
