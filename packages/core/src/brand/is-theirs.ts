import { matchesHost } from '../redirect-uri/host-pattern.ts';
import type { PrivateUseRedirectUri, RedirectUri } from '../redirect-uri/redirect-uri.ts';
import type { Vendor } from './vendor.ts';

/** Whether a redirect URI belongs to a vendor: an https host of theirs, or an app. Loopback URIs belong to no vendor. */
export function isTheirs(uri: RedirectUri, vendor: Vendor): boolean {
  const { schemes = [] } = vendor;
  switch (uri.kind) {
    case 'https':
      return isHostOf(uri.host, vendor);
    case 'private-use':
      return schemes.some((entry) => opens(entry, uri));
    case 'loopback':
      return false;
  }
}

/** Whether a host, with its port unless it is 443, is one of a vendor's. */
export const isHostOf = (host: string, { hosts }: Vendor): boolean =>
  hosts.some((pattern) => matchesHost(pattern, host));

/** Whether a host is known to pass responses on to programs of others. */
export const passesResponsesOn = (host: string, vendors: readonly Vendor[]): boolean =>
  vendors.some(({ passesOn = [] }) => passesOn.some((pattern) => matchesHost(pattern, host)));

/**
 * Whether a redirect URI belongs to any of these vendors. Vendors are prepared for that once for each list: pass the same
 * array again instead of a copy.
 */
export function isVendorsPlace(uri: RedirectUri, vendors: readonly Vendor[]): boolean {
  switch (uri.kind) {
    case 'https': {
      const { hosts } = placesOf(vendors);
      return hosts.has(uri.host) || hosts.has(`*${withoutFirstLabel(uri.host)}`);
    }
    case 'private-use':
      return (placesOf(vendors).schemes.get(uri.scheme) ?? []).some((entry) => opens(entry, uri));
    case 'loopback':
      return false;
  }
}

/** `.acme.example` of `mail.acme.example`. */
const withoutFirstLabel = (host: string): string => (host.includes('.') ? host.slice(host.indexOf('.')) : '');

/** A scheme alone covers every URI of the scheme; with an authority, only that exact authority. */
function opens(entry: string, { scheme, authority }: PrivateUseRedirectUri): boolean {
  const [theirs, place] = entry.split('://');
  return scheme === theirs && (place === undefined || authority === place);
}

/** The places of all vendors of a list. */
interface Places {
  /** Their host patterns. */
  readonly hosts: ReadonlySet<string>;
  /** Their entries for private-use schemes, by the scheme. */
  readonly schemes: ReadonlyMap<string, readonly string[]>;
}

const prepared = new WeakMap<readonly Vendor[], Places>();

function placesOf(vendors: readonly Vendor[]): Places {
  const known = prepared.get(vendors);
  if (known !== undefined) return known;
  const entries = vendors.flatMap(({ schemes = [] }) => schemes);
  const places: Places = {
    hosts: new Set(vendors.flatMap(({ hosts }) => hosts)),
    schemes: new Map(
      Object.entries(Object.groupBy(entries, (entry) => entry.split('://', 1)[0] ?? '')).map(
        ([scheme, of = []]) => [scheme, of],
      ),
    ),
  };
  prepared.set(vendors, places);
  return places;
}
