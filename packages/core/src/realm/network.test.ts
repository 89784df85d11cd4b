import { expect, test } from 'vitest';
import { overlaps, readNetwork } from './network.ts';

test.each([
  ['192.0.2.0/24', '192.0.2.0/24', true],
  ['192.0.2.0/24', '192.0.2.128/25', true],
  ['192.0.2.77/24', '192.0.2.1/32', true],
  ['0.0.0.0/0', '203.0.113.0/24', true],
  ['192.0.2.0/25', '192.0.2.128/25', false],
  ['192.0.2.0/24', '192.0.3.0/24', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
  ['2001:db8::/32', '2001:DB8:0:0:0:0:0:1/128', true],
  ['2001:db8::/48', '2001:db8:1::/48', false],
  ['::/0', '2001:db8::/32', true],
  ['::1/128', '1::/128', false],
  ['::ffff:192.0.2.0/120', '192.0.2.7/32', true],
  ['::ffff:c000:200/120', '192.0.2.7/32', true],
  ['::ffff:192.0.3.0/120', '192.0.2.7/32', false],
  ['192.0.2.0/24', '2001:db8::/32', false],
])('%s and %s have an address in common: %s', (one, other, expected) => {
  expect(overlaps(readNetwork(one), readNetwork(other))).toBe(expected);
  expect(overlaps(readNetwork(other), readNetwork(one))).toBe(expected);
});
