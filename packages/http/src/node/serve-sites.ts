import type { NodeRequest } from './to-request.ts';
import { type NodeServer, type ServedRoutes, serveRoutes } from './serve-routes.ts';
import { type Site, siteOf, sitesByHost } from './site.ts';

/** Options of `serveSites`. */
export interface ServedSites<Incoming extends NodeRequest = NodeRequest> extends Pick<
  ServedRoutes<Incoming>,
  'ip'
> {
  /**
   * Returns the current sites and is called for each request. While a site does not change, it must be the same object, because
   * each object has a route table of its own.
   */
  readonly sites: () => Promise<readonly Site[]>;
}

/** Serves several origins. The `Host` of a request only selects among the configured ones; no URL is made from it. */
export function serveSites<Incoming extends NodeRequest>({
  sites,
  ip,
}: ServedSites<Incoming>): NodeServer<Incoming> {
  const servers = new WeakMap<Site, NodeServer<Incoming>>();
  return async (incoming, outgoing) => {
    const site = siteOf(requireHosts(await sites()), incoming);
    if (site === undefined) return false;
    const known = servers.get(site);
    if (known !== undefined) return known(incoming, outgoing);
    const made = serveRoutes({ origin: site.origin, routes: site.routes, ip });
    servers.set(site, made);
    return made(incoming, outgoing);
  };
}

/** @throws Error if two sites have the same host */
export function requireHosts(sites: readonly Site[]): readonly Site[] {
  if (sites.length > 1 && sitesByHost(sites).size < sites.length) {
    throw new Error('Two sites have the same host.');
  }
  return sites;
}
