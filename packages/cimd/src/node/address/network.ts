import ipaddr from 'ipaddr.js';

/** An address of either family. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Parses an address in the notation in which resolvers return it: IPv4 as four decimal numbers, IPv6 without a zone. Other
 * notations, such as octal numbers, mean different addresses to different programs.
 */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return isPlainIpv6(text) ? ipaddr.IPv6.parse(text) : undefined;
}

/** Without a zone, which would name an interface of this computer. */
const isPlainIpv6 = (text: string): boolean =>
  text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);

/** Whether a text is a network in CIDR notation, such as `10.0.0.0/8` or `fd00::/8`. */
export const isNetwork = (text: string): boolean => {
  const [address = '', length = '', ...rest] = text.split('/');
  const parsed = parseAddress(address);
  const most = parsed?.kind() === 'ipv4' ? 32 : 128;
  return parsed !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= most && rest.length === 0;
};

/** Whether an address is in a network. */
export function isIn(address: Address, network: string): boolean {
  const range = ipaddr.parseCIDR(network);
  return range[0].kind() === address.kind() && address.match(range);
}
