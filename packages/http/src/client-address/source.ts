import type { RegistrationSource } from '@vestibule/core/registration';
import ipaddr from 'ipaddr.js';
import { networksOfAddress } from './networks-of-address.ts';

/** The length up to which an `Origin` header is counted. */
const MAX_ORIGIN_LENGTH = 256;

/**
 * What the registrar needs to know about the source of a request. A text that is not an address belongs to no range, and
 * only its first 128 characters count.
 *
 * @param origin the `Origin` header, which browsers send for pages
 * @see {@link https://www.rfc-editor.org/rfc/rfc6177#section-2 RFC 6177 §2} sites get a /48 or a /56
 */
export function sourceOf(ip: string, origin?: string | null): RegistrationSource {
  const { address, addressKey, network, site, organization } = networksOfAddress(ip);
  return {
    ip,
    ...(site !== undefined && { site }),
    organization,
    ...(typeof origin === 'string' && { origin: origin.slice(0, MAX_ORIGIN_LENGTH) }),
    addressKey,
    network,
    isWithin: (range) => {
      if (address === undefined || !ipaddr.isValidCIDR(range)) return false;
      const [start, length] = ipaddr.parseCIDR(range);
      return start.kind() === address.kind() && address.match(start, length);
    },
  };
}
