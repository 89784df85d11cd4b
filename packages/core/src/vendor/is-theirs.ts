import { matchesHost } from '../redirect-uri/host-pattern.ts';
import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';
import type { Vendor } from './vendor.ts';

/** Whether a redirect URI leads to a vendor: an https host of theirs, or an app's scheme. This computer is nobody's. */
export function isTheirs(uri: RedirectUri, { hosts, schemes = [] }: Vendor): boolean {
  switch (uri.kind) {
    case 'https':
      return hosts.some((pattern) => matchesHost(pattern, uri.host));
    case 'private-use':
      return schemes.includes(uri.scheme);
    case 'loopback':
      return false;
  }
}
