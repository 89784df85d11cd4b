import ipaddr from 'ipaddr.js';

/** The networks of a comma-separated list. */
export const networksIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');

/** Whether a text is a network as `createGuardedFetch` takes it: `10.0.0.0/8`, `fd00::/8`. */
export const isNetwork = (text: string): boolean =>
  /^[\da-f:.]+\/\d{1,3}$/i.test(text) &&
  (ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValidCIDR(text)));
