import { cite } from '@vestibule/requirements';
import { expect, test, vi } from 'vitest';
import { isAddress } from './is-address.ts';
import { addressKey } from './address-key.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['::1', '::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['2002:c000:201::', '192.0.2.1'],
  ['2002:c000:201:ffff::1', '192.0.2.1'],
  ['2001:0:53aa:64c:0:7ffe:3fff:fdfe', '192.0.2.1'],
  ['64:ff9b::192.0.2.1', '192.0.2.1'],
  ['[64:ff9b::c000:201]:4711', '192.0.2.1'],
  ['64:ff9b:1::c000:201', '64:ff9b:1::/64'],
  ['2001:1:53aa:64c::3fff:fdfe', '2001:1:53aa:64c::/64'],
  ['2003:c000:201::', '2003:c000:201::/64'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
  ['', ''],
])(cite('%s counts as %s', 'vestibule:limits:subnet'), (ip, key) => {
  expect(addressKey(ip)).toBe(key);
});

test('a text that is no address counts as its first 128 characters, whatever its length', () => {
  expect(addressKey('x'.repeat(100_000))).toBe('x'.repeat(128));
  expect(addressKey(`192.0.2.1${' '.repeat(200)}`)).toBe(`192.0.2.1${' '.repeat(119)}`);
});

test('a text that is too long for an address is not searched', () => {
  const searched: number[] = [];
  const { exec } = RegExp.prototype;
  vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function counted(this: RegExp, text: string) {
    searched.push(text.length);
    return exec.call(this, text);
  });
  addressKey(`[${':'.repeat(100_000)}]:1`);
  isAddress(`[${':'.repeat(100_000)}]:1`);
  vi.restoreAllMocks();
  expect(searched.length).toBeGreaterThan(0);
  expect(Math.max(...searched)).toBeLessThanOrEqual(128);
});
