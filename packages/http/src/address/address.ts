import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address as it is written, with or without port and zone; an IPv4 address in IPv6 form is the IPv4 address. */
export function parseAddress(ip: string): Address | undefined {
  const bare = bareAddress(ip);
  if (!ipaddr.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  return address instanceof ipaddr.IPv6 ? new ipaddr.IPv6(address.parts) : address;
}

/** Some proxies write the port behind the address: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
export function bareAddress(ip: string): string {
  const [, inBrackets, dotted] = /^(?:\[(.+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(ip) ?? [];
  return inBrackets ?? dotted ?? ip;
}

/** The network that one site usually has: an IPv4 /24, an IPv6 /64. */
export function networkOf(address: Address): string {
  return address instanceof ipaddr.IPv4
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/24`).toString()}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
