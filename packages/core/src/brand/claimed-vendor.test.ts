import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { claimedVendor } from './claimed-vendor.ts';

const vendors = [
  { name: 'Globex', hosts: [] },
  { name: 'Zylo', hosts: [] },
];

test.each([
  [['Zylo'], 'Zylo'],
  [['Zylo for Globex'], 'Zylo'],
  [['Notes', 'Globex'], 'Globex'],
  [['Globex', 'Zylo'], 'Globex'],
  [['Notes'], undefined],
  [[], undefined],
])(
  cite('a client with the names %j claims to be that of %s', 'vestibule:brand-protection:loopback'),
  (names, expected) => {
    expect(claimedVendor(names, vendors)?.name).toBe(expected);
  },
);
