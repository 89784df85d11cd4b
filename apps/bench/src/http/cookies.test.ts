import { expect, test } from 'vitest';
import { Cookies } from './cookies.ts';

const NOW = Date.UTC(2026, 10, 29);

const CASES: readonly (readonly [title: string, line: string, path: string, sent: string | undefined])[] = [
  ['is sent to every path below its own', 'a=1; Path=/connect', '/connect/token?x=1', 'a=1'],
  ['is not sent to a path that only begins alike', 'a=1; Path=/connect', '/connected', undefined],
  ['without a path belongs to the folder of the request', 'a=1', '/connect/other', 'a=1'],
  ['without a path is not sent elsewhere', 'a=1', '/other', undefined],
  ['with a Max-Age of zero is deleted', 'a=; Path=/; Max-Age=0', '/', undefined],
  [
    'with an expiry in the past is deleted',
    'a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    '/',
    undefined,
  ],
];

test.each(CASES)('a cookie %s', (_title, line, path, sent) => {
  const cookies = new Cookies();
  cookies.apply([line], '/connect/authorize', NOW);
  expect(cookies.headerFor(path)).toBe(sent);
});

test('a copy of the cookies does not change the original', () => {
  const original = new Cookies();
  const copy = new Cookies(original);
  copy.apply(['a=1; Path=/'], '/', NOW);
  expect([original.headerFor('/'), copy.headerFor('/')]).toEqual([undefined, 'a=1']);
});
