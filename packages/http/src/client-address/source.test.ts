import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { sourceOf } from './source.ts';

test.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['192.0.2.77:4711', '192.0.2.0/24'],
  ['2002:c000:24d::1', '192.0.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['[2001:DB8:1:2::9]:4711', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['unknown', 'unknown'],
  ['', ''],
])(cite('%s is of the network %s', 'vestibule:coalescing:same-network'), (ip, network) => {
  expect(sourceOf(ip)).toMatchObject({ ip, network });
});

test.each([
  ['192.0.2.77', undefined, '192.0.2.0/24'],
  ['2002:c000:24d::1', undefined, '192.0.2.0/24'],
  ['2001:db8:1:2ff:3:4:5:6', '2001:db8:1:200::/56', '2001:db8:1::/48'],
  ['[2001:db8:1:3ff::1]:4711', '2001:db8:1:300::/56', '2001:db8:1::/48'],
  ['unknown', undefined, 'unknown'],
])(
  cite('%s is of the site %s and the organization %s', 'vestibule:limits:organization'),
  (ip, site, organization) => {
    expect(sourceOf(ip)).toMatchObject({ organization });
    expect(sourceOf(ip).site).toBe(site);
  },
);

test('no key of a source that is no address grows with what was sent', () => {
  const { addressKey, network, organization } = sourceOf(`${'203.0.113.7, '.repeat(1_000)}unknown`);
  for (const key of [addressKey, network, organization]) expect(key).toHaveLength(128);
});

test('a source has the origin of the page, if there was one, up to 256 characters', () => {
  expect(sourceOf('192.0.2.1', 'https://app.example').origin).toBe('https://app.example');
  expect(sourceOf('192.0.2.1', 'null').origin).toBe('null');
  expect(sourceOf('192.0.2.1', null)).not.toHaveProperty('origin');
  expect(sourceOf('192.0.2.1', 'x'.repeat(300)).origin).toHaveLength(256);
});

test.each<[string, string, boolean]>([
  ['160.79.104.1', '160.79.104.0/21', true],
  ['160.79.111.255', '160.79.104.0/21', true],
  ['160.79.112.0', '160.79.104.0/21', false],
  ['160.79.103.255', '160.79.104.0/21', false],
  ['::ffff:160.79.104.1', '160.79.104.0/21', true],
  ['2002:c000:201::1', '192.0.2.0/24', true],
  ['2002:c000:201::1', '2002::/16', false],
  ['192.0.2.1', '192.0.2.1/32', true],
  ['192.0.2.2', '192.0.2.1/32', false],
  ['192.0.2.2', '0.0.0.0/0', true],
  ['2001:db8::1', '2001:db8::/32', true],
  ['[2001:db8:ffff::1]:80', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['2001:db8::1', '0.0.0.0/0', false],
  ['192.0.2.1', '::/0', false],
  ['192.0.2.1', '192.0.2.1', false],
  ['192.0.2.1', '192.0.2.0/33', false],
  ['192.0.2.1', 'nonsense', false],
  ['unknown', '0.0.0.0/0', false],
  ['', '::/0', false],
])(cite('whether %s is in %s: %s', 'vestibule:limits:egress-range'), (ip, range, expected) => {
  expect(sourceOf(ip).isWithin(range)).toBe(expected);
});
