import { matchesHost } from '../redirect-uri/host-pattern.ts';
import type { PrivateUseRedirectUri, RedirectUri } from '../redirect-uri/redirect-uri.ts';
import type { Vendor } from './vendor.ts';

/** Whether a redirect URI belongs to a vendor: an https host of theirs, or an app. Loopback URIs belong to no vendor. */
export function isTheirs(uri: RedirectUri, { hosts, schemes = [] }: Vendor): boolean {
  switch (uri.kind) {
    case 'https':
      return hosts.some((pattern) => matchesHost(pattern, uri.host));
    case 'private-use':
      return schemes.some((entry) => opens(entry, uri));
    case 'loopback':
      return false;
  }
}

/** Whether a redirect URI belongs to any of these vendors. */
export const isVendorsPlace = (uri: RedirectUri, vendors: readonly Vendor[]): boolean =>
  vendors.some((vendor) => isTheirs(uri, vendor));

/** A scheme alone covers every URI of the scheme; with an authority, only that exact authority. */
function opens(entry: string, { scheme, authority }: PrivateUseRedirectUri): boolean {
  const [theirs, place] = entry.split('://');
  return scheme === theirs && (place === undefined || authority === place);
}
