/** A network: the bits of its first address that all of its addresses begin with. */
export interface Network {
  /** Of IPv6; an IPv4 address is `::ffff:0:0/96`. */
  readonly address: bigint;
  /** How many bits of the address all have in common: 0 to 128. */
  readonly prefix: number;
}

const IPV4_BITS = 32;
const IPV6_BITS = 128;
const IPV4_MAPPED = 0xffffn << 32n;

/**
 * Reads a network in CIDR notation, which has to be valid: `192.0.2.0/24`, `2001:db8::/32`. IPv4 is what it is mapped to in
 * IPv6, so that both spellings of a network are equal.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 RFC 4291 §2.5.5.2}
 */
export function readNetwork(cidr: string): Network {
  const [address = '', prefix = ''] = cidr.split('/');
  return address.includes(':')
    ? { address: ipv6(address), prefix: Number(prefix) }
    : { address: IPV4_MAPPED | ipv4(address), prefix: Number(prefix) + IPV6_BITS - IPV4_BITS };
}

/** Whether two networks have an address in common: then one of them is a part of the other. */
export function overlaps(one: Network, other: Network): boolean {
  const common = Math.min(one.prefix, other.prefix);
  const shift = BigInt(IPV6_BITS - common);
  return one.address >> shift === other.address >> shift;
}

const ipv4 = (address: string): bigint =>
  address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(Number(part)), 0n);

function ipv6(address: string): bigint {
  const [before = '', after] = withoutDots(address).split('::');
  const [head, tail] = [groupsOf(before), groupsOf(after ?? '')];
  const omitted = after === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: omitted }, () => 0), ...tail];
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
}

const groupsOf = (text: string): readonly number[] =>
  text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));

/** Writes an IPv4 address at the end as two groups: `::ffff:192.0.2.1` is `::ffff:c000:201`. */
function withoutDots(address: string): string {
  if (!address.includes('.')) return address;
  const end = address.lastIndexOf(':') + 1;
  const value = ipv4(address.slice(end));
  return `${address.slice(0, end)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}
