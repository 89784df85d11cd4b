import { expect, test } from 'vitest';
import { findReservedName } from './reserved-names.ts';

test.each<[string, string | undefined]>([
  ['Ac-me', 'Acme'],
  ['A.c.m.e Mail', 'Acme'],
  ['@cme', 'Acme'],
  ['Acm3', 'Acme'],
  ['Trusty-Corp', 'Trusty Corp'],
  ['TrustyCorp', 'Trusty Corp'],
  ['Notes', undefined],
  ['Trust Corp', 'Trusty Corp'],
  ['Thrust Corp', undefined],
])('%s holds %s', (name, reserved) => {
  expect(findReservedName(name, ['Acme', 'Trusty Corp'])).toBe(reserved);
});
