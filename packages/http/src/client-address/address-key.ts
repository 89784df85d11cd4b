import ipaddr from 'ipaddr.js';
import { keyOfNoAddress, networkOf, parseAddress } from './is-address.ts';

/**
 * What a limit for one address counts. The last 64 bits of an IPv6 address name an interface, and whoever has one
 * network of that size can use any of them, so all of it is one; an IPv4 address written as IPv6 is the IPv4
 * address. What is no address at all counts as its first 128 characters.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4291#section-2.5.1 RFC 4291 §2.5.1}
 */
export function addressKey(ip: string): string {
  const address = parseAddress(ip);
  if (address === undefined) return keyOfNoAddress(ip);
  return address instanceof ipaddr.IPv4 ? address.toString() : networkOf(address);
}
