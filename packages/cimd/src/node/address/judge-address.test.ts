import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { type AddressJudgment, judgeAddress, type NetworkExceptions } from './judge-address.ts';
import { IPV4_SPECIAL_USE, IPV6_SPECIAL_USE } from './special-use.ts';

const reasonOf = (judgment: AddressJudgment): string => (judgment.allowed ? 'allowed' : judgment.reason);

/** The first and the last address of a block. */
function endsOf(block: string): readonly string[] {
  const family = block.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
  return [family.networkAddressFromCIDR(block), family.broadcastAddressFromCIDR(block)].map(String);
}

test.each([...IPV4_SPECIAL_USE, ...IPV6_SPECIAL_USE])(
  'refuses the first and the last address of %s (%s)',
  (block) => {
    const judged = endsOf(block).map((address) => [address, judgeAddress(address).allowed]);
    expect(judged).toEqual(endsOf(block).map((address) => [address, false]));
  },
);

test.each([
  ['10.1.2.3', 'is in 10.0.0.0/8 (private use)'],
  ['100.100.100.200', 'is in 100.64.0.0/10 (carrier-grade NAT)'],
  ['168.63.129.16', 'is in 168.63.129.16/32 (the platform of Azure)'],
  ['169.254.169.254', 'is in 169.254.0.0/16 (link-local, with the metadata of clouds)'],
  ['192.0.0.9', 'is in 192.0.0.0/24 (IETF protocols)'],
  ['255.255.255.255', 'is in 240.0.0.0/4 (reserved)'],
  ['::1', 'is in ::1/128 (loopback)'],
  ['::', 'is in ::/128 (unspecified)'],
  ['::ffff:127.0.0.1', 'embeds 127.0.0.1, which is in 127.0.0.0/8 (loopback)'],
  ['::ffff:7f00:1', 'embeds 127.0.0.1, which is in 127.0.0.0/8 (loopback)'],
  ['::ffff:8.8.8.8', 'is in ::ffff:0:0/96 (IPv4-mapped)'],
  ['::7f00:1', 'embeds 127.0.0.1, which is in 127.0.0.0/8 (loopback)'],
  ['::808:808', 'is in ::/96 (IPv4-compatible)'],
  ['::ffff:0:a00:1', 'embeds 10.0.0.1, which is in 10.0.0.0/8 (private use)'],
  [
    '64:ff9b::a9fe:a9fe',
    'embeds 169.254.169.254, which is in 169.254.0.0/16 (link-local, with the metadata of clouds)',
  ],
  ['64:ff9b::808:808', 'is in 64:ff9b::/96 (NAT64)'],
  ['64:ff9b:1::808:808', 'is in 64:ff9b:1::/48 (local NAT64)'],
  ['2002:c0a8:1::1', 'embeds 192.168.0.1, which is in 192.168.0.0/16 (private use)'],
  ['2002:808:808::1', 'is in 2002::/16 (6to4)'],
  ['2001:0:4136:e378:8000:63bf:f5ff:fffe', 'embeds 10.0.0.1, which is in 10.0.0.0/8 (private use)'],
  ['2001::f7f7:f7f7', 'is in 2001::/32 (Teredo)'],
  ['2600:1f00::5efe:a00:1', 'embeds 10.0.0.1, which is in 10.0.0.0/8 (private use)'],
  ['2600:1f00::200:5efe:808:808', 'has an interface identifier of ISATAP'],
  ['fd00:ec2::254', 'is in fc00::/7 (unique local)'],
  ['4000::1', 'is not in 2000::/3 (global unicast)'],
  ['1fff::1', 'is not in 2000::/3 (global unicast)'],
  ['fe80::1%eth0', 'is not an IP address'],
  ['2606:4700::1%eth0', 'is not an IP address'],
  ['127.1', 'is not an IP address'],
  ['0177.0.0.1', 'is not an IP address'],
  ['8.8.8.08', 'is not an IP address'],
  ['134744072', 'is not an IP address'],
  ['8.8.8.8:443', 'is not an IP address'],
  ['[2606:4700::1]', 'is not an IP address'],
  ['', 'is not an IP address'],
])('refuses %s: it %s', (address, reason) => {
  expect(judgeAddress(address)).toEqual({ allowed: false, reason });
});

test.each([
  '1.0.0.0',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '191.255.255.255',
  '192.0.1.0',
  '192.0.3.0',
  '192.31.195.255',
  '192.31.197.0',
  '192.52.194.0',
  '192.88.98.255',
  '192.88.100.0',
  '192.167.255.255',
  '192.169.0.0',
  '192.175.49.0',
  '198.17.255.255',
  '198.20.0.0',
  '198.51.101.0',
  '203.0.112.255',
  '203.0.114.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2003::1',
  '2606:4700:4700::1111',
  '2620:4f:7fff::1',
  '2620:4f:8001::1',
  '3ffe:ffff::1',
  '3fff:1000::1',
])('allows %s, which is public', (address) => {
  expect(judgeAddress(address)).toEqual({ allowed: true, address });
});

test('returns the address in its canonical notation', () => {
  const judgment = judgeAddress('2606:4700:0000:0000:0:0:0:ABCD');
  expect(judgment).toEqual({ allowed: true, address: '2606:4700::abcd' });
});

test('every address that is allowed is one that ipaddr.js considers unicast', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      expect(judgeAddress(text).allowed && ipaddr.parse(text).range()).toBeOneOf([false, 'unicast']);
    }),
    { numRuns: 2_000 },
  );
});

test('no form of IPv6 that embeds an IPv4 address is allowed', () => {
  const part = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  fc.assert(
    fc.property(part, part, part, (high, low, prefix) => {
      const forms = [
        `::ffff:${high}:${low}`,
        `::${high}:${low}`,
        `::ffff:0:${high}:${low}`,
        `64:ff9b::${high}:${low}`,
        `64:ff9b:1::${high}:${low}`,
        `2002:${high}:${low}::1`,
        `2001:0:0:0:0:0:${high}:${low}`,
        `2600:${prefix}::5efe:${high}:${low}`,
        `2600:${prefix}::200:5efe:${high}:${low}`,
      ];
      expect(forms.filter((form) => judgeAddress(form).allowed)).toEqual([]);
    }),
  );
});

describe('exceptions', () => {
  test.each<[string, string, NetworkExceptions, string]>([
    ['a network that is allowed', '10.1.2.3', { allow: ['10.1.0.0/16'] }, 'allowed'],
    ['an address beside it', '10.2.0.1', { allow: ['10.1.0.0/16'] }, 'is in 10.0.0.0/8 (private use)'],
    ['a network of the other family', '::1', { allow: ['0.0.0.0/0'] }, 'is in ::1/128 (loopback)'],
    ['loopback of IPv6', '::1', { allow: ['::1/128'] }, 'allowed'],
    [
      'a mapped address whose IPv4 network is allowed, and not its own',
      '::ffff:127.0.0.1',
      { allow: ['127.0.0.0/8'] },
      'is in ::ffff:0:0/96 (IPv4-mapped)',
    ],
    ['NAT64 to a public address', '64:ff9b::808:808', { allow: ['64:ff9b::/96'] }, 'allowed'],
    [
      'NAT64 to an address inside, although NAT64 is allowed',
      '64:ff9b::a9fe:a9fe',
      { allow: ['64:ff9b::/96'] },
      'embeds 169.254.169.254, which is in 169.254.0.0/16 (link-local, with the metadata of clouds)',
    ],
    [
      'local NAT64 to an address inside, although it is allowed',
      '64:ff9b:1::a00:1',
      { allow: ['64:ff9b:1::/48'] },
      'embeds 10.0.0.1, which is in 10.0.0.0/8 (private use)',
    ],
    [
      'a network beside local NAT64, which embeds nothing',
      '64:ff9b:2::a00:1',
      { allow: ['64:ff9b:2::/48'] },
      'allowed',
    ],
    [
      'a public network that is denied',
      '8.8.8.8',
      { deny: ['8.0.0.0/8'] },
      'is in 8.0.0.0/8 (denied by the configuration)',
    ],
    [
      'a network that is both allowed and denied',
      '10.1.2.3',
      { allow: ['10.0.0.0/8'], deny: ['10.1.0.0/16'] },
      'is in 10.1.0.0/16 (denied by the configuration)',
    ],
    [
      'a denied network behind NAT64',
      '64:ff9b::808:808',
      { allow: ['64:ff9b::/96'], deny: ['8.8.8.0/24'] },
      'embeds 8.8.8.8, which is in 8.8.8.0/24 (denied by the configuration)',
    ],
  ])('%s', (_, address, exceptions, expected) => {
    expect(reasonOf(judgeAddress(address, exceptions))).toBe(expected);
  });
});
