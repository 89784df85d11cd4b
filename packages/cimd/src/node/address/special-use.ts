/** A block of addresses that are not public, and what it is for. */
export type SpecialUse = readonly [block: string, use: string];

/**
 * Every block of the IANA registry for IPv4, whether its addresses can be reached globally or not, multicast, and public
 * addresses that clouds use for services inside. The metadata services of most clouds are at `169.254.169.254`.
 *
 * @see {@link https://www.iana.org/assignments/iana-ipv4-special-registry IANA IPv4 Special-Purpose Address Registry}
 */
export const IPV4_SPECIAL_USE: readonly SpecialUse[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private use'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', 'the platform of Azure'],
  ['169.254.0.0/16', 'link-local, with the metadata of clouds'],
  ['172.16.0.0/12', 'private use'],
  ['192.0.0.0/24', 'IETF protocols'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'AMT'],
  ['192.88.99.0/24', '6to4 relays'],
  ['192.168.0.0/16', 'private use'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
];

/** The block that is assigned for global unicast (RFC 4291 §2.4). Every other block of IPv6 is refused as a whole. */
export const IPV6_GLOBAL_UNICAST = '2000::/3';

/**
 * Every block of the IANA registry for IPv6, and earlier ones. Most of them are outside of {@link IPV6_GLOBAL_UNICAST} and
 * listed for the sake of a precise message.
 *
 * @see {@link https://www.iana.org/assignments/iana-ipv6-special-registry IANA IPv6 Special-Purpose Address Registry}
 */
export const IPV6_SPECIAL_USE: readonly SpecialUse[] = [
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['::ffff:0:0/96', 'IPv4-mapped'],
  ['::ffff:0:0:0/96', 'IPv4-translated'],
  ['::/96', 'IPv4-compatible'],
  ['64:ff9b::/96', 'NAT64'],
  ['64:ff9b:1::/48', 'local NAT64'],
  ['100::/64', 'discard'],
  ['100:0:0:1::/64', 'dummy prefix'],
  ['2001::/32', 'Teredo'],
  ['2001:2::/48', 'benchmarking'],
  ['2001:10::/28', 'ORCHID'],
  ['2001:20::/28', 'ORCHIDv2'],
  ['2001::/23', 'IETF protocols'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment routing'],
  ['fc00::/7', 'unique local'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
];
