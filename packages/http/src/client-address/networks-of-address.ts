import ipaddr from 'ipaddr.js';
import { type Address, keyOfNoAddress, networkOf, parseAddress } from './is-address.ts';

/** An address and the networks around it, as keys of limits. */
export interface AddressNetworks {
  /** Absent: the text is not an address. */
  readonly address: Address | undefined;
  /** The address, or its IPv6 /64. */
  readonly addressKey: string;
  /** The IPv4 /24 or IPv6 /64. */
  readonly network: string;
  /** The IPv6 /56. Absent for IPv4. */
  readonly site: string | undefined;
  /** The IPv4 /24 or IPv6 /48. */
  readonly organization: string;
}

/** The number of addresses that are remembered: those of the requests that a busy server handles in a moment. */
const MOST_REMEMBERED = 1_024;

const remembered = new Map<string, AddressNetworks>();

/**
 * The networks of an address. Depends on the text only, so the last {@link MOST_REMEMBERED} addresses are remembered: a request
 * needs them several times, and a client sends several requests. Other texts are not remembered.
 */
export function networksOfAddress(ip: string): AddressNetworks {
  const known = remembered.get(ip);
  if (known !== undefined) return known;
  const address = parseAddress(ip);
  if (address === undefined) {
    const key = keyOfNoAddress(ip);
    return { address, addressKey: key, network: key, site: undefined, organization: key };
  }
  const isIpv4 = address instanceof ipaddr.IPv4;
  const network = networkOf(address);
  const made = {
    address,
    addressKey: isIpv4 ? address.toString() : network,
    network,
    site: isIpv4 ? undefined : networkOf(address, 56),
    organization: isIpv4 ? network : networkOf(address, 48),
  };
  const [oldest] = remembered.size < MOST_REMEMBERED ? [] : remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);

  remembered.set(ip, made);
  return made;
}
