import ipaddr from 'ipaddr.js';
import { embeddedIpv4, isIsatap } from './embedded-ipv4.ts';
import { type Address, isIn, parseAddress } from './network.ts';
import { IPV4_SPECIAL_USE, IPV6_GLOBAL_UNICAST, IPV6_SPECIAL_USE } from './special-use.ts';

/** Networks that an operator excepts from the rule for addresses, in CIDR notation. */
export interface NetworkExceptions {
  /** Networks that may be reached although they are not public. */
  readonly allow?: readonly string[];
  /** Networks that may not be reached although they are public. Prevails over `allow`. */
  readonly deny?: readonly string[];
}

/** Whether a connection to an address may be made. */
export type AddressJudgment =
  /** `address` is exactly what was judged, in its canonical notation. */
  | { readonly allowed: true; readonly address: string }
  /** `reason` continues a sentence that begins with the address: `is in 10.0.0.0/8 (private use)`. */
  | { readonly allowed: false; readonly reason: string };

/**
 * Judges an address to which a URL of a stranger leads. Public addresses are allowed: IPv4 outside of all special-use blocks,
 * IPv6 in 2000::/3 and outside of them. An IPv6 address that embeds an IPv4 address is judged by that one too, also if its own
 * network is allowed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6890 RFC 6890}
 * @example
 *
 *     judgeAddress('::ffff:169.254.169.254').allowed; // false
 */
export function judgeAddress(text: string, exceptions: NetworkExceptions = {}): AddressJudgment {
  const address = parseAddress(text);
  return address === undefined ? refused('is not an IP address') : judgeParsed(address, exceptions);
}

function judgeParsed(address: Address, { allow = [], deny = [] }: NetworkExceptions): AddressJudgment {
  const denied = deny.find((network) => isIn(address, network));
  if (denied !== undefined) return refused(`is in ${denied} (denied by the configuration)`);

  const embedded = address instanceof ipaddr.IPv6 ? embeddedIpv4(address) : undefined;
  const inner = embedded && judgeParsed(embedded, { allow, deny });
  if (inner?.allowed === false) return refused(`embeds ${embedded?.toString()}, which ${inner.reason}`);

  const special = allow.some((network) => isIn(address, network)) ? undefined : specialUseOf(address);
  return special === undefined ? { allowed: true, address: address.toString() } : refused(special);
}

const refused = (reason: string): AddressJudgment => ({ allowed: false, reason });

/** Why an address is not public. */
function specialUseOf(address: Address): string | undefined {
  const blocks = address instanceof ipaddr.IPv6 ? IPV6_SPECIAL_USE : IPV4_SPECIAL_USE;
  const found = blocks.find(([block]) => isIn(address, block));
  if (found !== undefined) return `is in ${found[0]} (${found[1]})`;
  if (address instanceof ipaddr.IPv4) return undefined;
  if (isIsatap(address)) return 'has an interface identifier of ISATAP';
  return isIn(address, IPV6_GLOBAL_UNICAST) ? undefined : `is not in ${IPV6_GLOBAL_UNICAST} (global unicast)`;
}
