import ipaddr from 'ipaddr.js';

/**
 * What a limit for one address counts. The last 64 bits of an IPv6 address name an interface, and whoever has one
 * network of that size can use any of them, so all of it is one; an IPv4 address written as IPv6 is the IPv4
 * address. What is no address at all counts as itself.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4291#section-2.5.1 RFC 4291 §2.5.1}
 */
export function addressKey(ip: string): string {
  const bare = withoutPort(ip);
  if (!ipaddr.isValid(bare)) return bare;
  const address = ipaddr.process(bare);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone(address)}/64`).toString()}/64`;
}

/** Some proxies write the port behind the address: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(ip: string): string {
  const [, inBrackets, dotted] = /^(?:\[(.+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(ip) ?? [];
  return inBrackets ?? dotted ?? ip;
}

function withoutZone(address: ipaddr.IPv6): string {
  return new ipaddr.IPv6(address.parts).toString();
}
