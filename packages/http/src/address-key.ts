import ipaddr from 'ipaddr.js';

/**
 * What a limit for one address counts. An IPv6 subscriber holds a whole /64, so all of it is one; an IPv4
 * address written as IPv6 is the IPv4 address. What is no address at all counts as itself.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6177#section-2 RFC 6177 §2}
 */
export function addressKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone(address)}/64`).toString()}/64`;
}

function withoutZone(address: ipaddr.IPv6): string {
  return new ipaddr.IPv6(address.parts).toString();
}
