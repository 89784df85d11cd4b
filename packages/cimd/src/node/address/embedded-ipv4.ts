import ipaddr from 'ipaddr.js';

/**
 * The IPv4 address in an IPv6 address, to which a router or this computer may deliver the packets instead. Of the local prefix
 * for NAT64, the last 32 bits are read, where prefixes of 96 bits have it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5 RFC 4291 §2.5.5} mapped and compatible
 * @see {@link https://www.rfc-editor.org/rfc/rfc2765#section-2.1 RFC 2765 §2.1} translated
 * @see {@link https://www.rfc-editor.org/rfc/rfc6052#section-2.1 RFC 6052 §2.1} NAT64, and RFC 8215 for local prefixes
 * @see {@link https://www.rfc-editor.org/rfc/rfc3056#section-2 RFC 3056 §2} 6to4: in the bits after 2002::/16
 * @see {@link https://www.rfc-editor.org/rfc/rfc4380#section-4 RFC 4380 §4} Teredo: the last 32 bits, inverted
 */
export function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray();
  const beginsWith = (...prefix: readonly number[]): boolean =>
    prefix.every((part, at) => address.parts[at] === part);
  if (beginsWith(0x2002)) return new ipaddr.IPv4(bytes.slice(2, 6));
  if (beginsWith(0x2001, 0)) return new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff));
  const isEmbeddedLast =
    beginsWith(0, 0, 0, 0, 0, 0xffff) ||
    beginsWith(0, 0, 0, 0, 0xffff, 0) ||
    beginsWith(0x64, 0xff9b, 0, 0, 0, 0) ||
    beginsWith(0x64, 0xff9b, 1) ||
    isCompatible(address) ||
    isIsatap(address);
  return isEmbeddedLast ? new ipaddr.IPv4(bytes.slice(12)) : undefined;
}

/**
 * Whether the last 64 bits are an identifier of ISATAP, which can follow any prefix.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5214#section-6.1 RFC 5214 §6.1}
 */
export const isIsatap = ({ parts }: ipaddr.IPv6): boolean =>
  (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe;

/** `::` and `::1` are not IPv4 addresses. */
const isCompatible = ({ parts }: ipaddr.IPv6): boolean =>
  parts.slice(0, 6).every((part) => part === 0) && (parts[6] !== 0 || Number(parts[7]) > 1);
