import type { RegistrationSource } from '@vestibule/core';
import ipaddr from 'ipaddr.js';
import { addressKey } from './address-key.ts';
import { bareAddress, networkOf, parseAddress } from './address.ts';

/** What the registrar wants to know of where a request comes from. What is no address at all is in no range. */
export function sourceOf(ip: string): RegistrationSource {
  const address = parseAddress(ip);
  return {
    ip,
    addressKey: addressKey(ip),
    network: address === undefined ? bareAddress(ip) : networkOf(address),
    isWithin: (range) => {
      if (address === undefined || !ipaddr.isValidCIDR(range)) return false;
      const [network, length] = ipaddr.parseCIDR(range);
      return network.kind() === address.kind() && address.match(network, length);
    },
  };
}
