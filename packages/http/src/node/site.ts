import type { Route } from '../handler.ts';
import { requestedHost, type RequestedUrl } from './host.ts';

/** One origin and its routes. */
export interface Site {
  /** Scheme, host and port as clients use them: `https://id.example`. */
  readonly origin: string;
  readonly routes: readonly Route[];
}

const byHost = new WeakMap<readonly Site[], ReadonlyMap<string, Site>>();

/** The sites by their host, as browsers and programs send it: without a default port. The first site of a host counts. */
export function sitesByHost(sites: readonly Site[]): ReadonlyMap<string, Site> {
  const known = byHost.get(sites);
  if (known !== undefined) return known;
  const found = new Map(sites.toReversed().map((site) => [hostOf(site.origin), site]));
  byHost.set(sites, found);
  return found;
}

/** The site of a request: the only one, or the one with its host. */
export const siteOf = (sites: readonly Site[], request: RequestedUrl): Site | undefined =>
  sites.length <= 1 ? sites[0] : sitesByHost(sites).get(requestedHost(request));

const hostOf = (origin: string): string => URL.parse(origin)?.host ?? origin;
