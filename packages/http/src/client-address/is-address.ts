import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Enough for the longest IPv6 address with brackets, zone and port. */
const MAX_LENGTH = 128;

/**
 * Parses an address with or without port and zone. An IPv6 address that embeds an IPv4 address results in the IPv4 address.
 */
export function parseAddress(ip: string): Address | undefined {
  if (ip.length > MAX_LENGTH) return undefined;
  const bare = bareAddress(ip);
  // Accepts IPv4 only as four decimal numbers: some parsers also accept `1` and `0x7f.1`, but proxies do not write them.
  if (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return undefined;
  if (!ipaddr.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  return address instanceof ipaddr.IPv6 ? (embeddedIpv4(address) ?? new ipaddr.IPv6(address.parts)) : address;
}

/** Whether a text is an IP address, with or without port and zone. */
export const isAddress = (ip: string): boolean => parseAddress(ip) !== undefined;

const SIX_TO_FOUR = [0x2002];
const TEREDO = [0x2001, 0];
const NAT64 = [0x64, 0xff9b, 0, 0, 0, 0];

/**
 * The IPv4 address in an address of a transition mechanism. Each such address has a /48 or more of its own, so one host with
 * one IPv4 address would otherwise count as many networks.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc3056#section-2 RFC 3056 §2} 6to4: 2002::/16, then the address
 * @see {@link https://www.rfc-editor.org/rfc/rfc4380#section-4 RFC 4380 §4} Teredo: 2001::/32, inverted in the last 32 bits
 * @see {@link https://www.rfc-editor.org/rfc/rfc6052#section-2.1 RFC 6052 §2.1} NAT64: 64:ff9b::/96, then the address
 */
function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray();
  const beginsWith = (prefix: readonly number[]) => prefix.every((part, at) => address.parts[at] === part);
  if (beginsWith(SIX_TO_FOUR)) return new ipaddr.IPv4(bytes.slice(2, 6));
  if (beginsWith(TEREDO)) return new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff));
  return beginsWith(NAT64) ? new ipaddr.IPv4(bytes.slice(12)) : undefined;
}

/**
 * The key of a text that is not an address: the text without a port, up to the length of the longest address, which bounds
 * the key.
 */
export const keyOfNoAddress = (text: string): string => bareAddress(text.slice(0, MAX_LENGTH));

/** Some proxies append the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function bareAddress(ip: string): string {
  const [, inBrackets, dotted] = /^(?:\[(.+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(ip) ?? [];
  return inBrackets ?? dotted ?? ip;
}

/** The network of an address, by default an IPv4 /24 or an IPv6 /64. */
export function networkOf(
  address: Address,
  length: number = address instanceof ipaddr.IPv4 ? 24 : 64,
): string {
  const range = `${address.toString()}/${length}`;
  const network =
    address instanceof ipaddr.IPv4
      ? ipaddr.IPv4.networkAddressFromCIDR(range)
      : ipaddr.IPv6.networkAddressFromCIDR(range);
  return `${network.toString()}/${length}`;
}
