import { expect, test } from 'vitest';
import { networksOfAddress } from './networks-of-address.ts';

test('remembers the last addresses, and no more than 1,024', () => {
  const first = networksOfAddress('192.0.2.1');
  expect(networksOfAddress('192.0.2.1')).toBe(first);
  for (let at = 0; at < 1_024; at += 1) networksOfAddress(`198.51.${at >> 8}.${at & 255}`);
  const again = networksOfAddress('192.0.2.1');
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

test('does not remember a text that is not an address', () => {
  expect(networksOfAddress('unknown')).not.toBe(networksOfAddress('unknown'));
});
