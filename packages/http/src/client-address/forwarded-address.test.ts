import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { forwardedAddress } from './forwarded-address.ts';

test.each([
  ['203.0.113.9', 1, '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9', 1, '203.0.113.9'],
  ['198.51.100.1,203.0.113.9', 2, '198.51.100.1'],
  ['2001:db8::9', 1, '2001:db8::9'],
  ['203.0.113.9', 2, 'connection'],
  ['203.0.113.9, unknown', 1, 'connection'],
  ['203.0.113.9,', 1, 'connection'],
  ['', 1, 'connection'],
  [null, 1, 'connection'],
  [undefined, 1, 'connection'],
])(
  cite('takes from %j, behind %i proxies, the entry that a proxy wrote: %s', 'rfc9700:4.13:forwarded'),
  (header, proxies, expected) => {
    expect(forwardedAddress(header, proxies, 'connection')).toBe(expected);
  },
);

test('returns an empty text if neither a proxy nor a connection says an address', () => {
  expect(forwardedAddress(null, 1)).toBe('');
});

test.each([0, -1, 1.5, Number.NaN])(
  'refuses %d proxies, which would take what the client wrote',
  (proxies) => {
    expect(() => forwardedAddress('203.0.113.9', proxies)).toThrow('It must be a whole number of 1 or more.');
  },
);
