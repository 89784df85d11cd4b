import { expect, test } from 'vitest';
import { quoted } from './failed-fetch.ts';

test.each([
  ['text/html', "'text/html'"],
  ['a\r\nb\u{1b}[31m\u{e9}', "'a??b?[31m?'"],
  ['x'.repeat(80), `'${'x'.repeat(80)}'`],
  ['x'.repeat(81), `'${'x'.repeat(80)}…'`],
])('quotes %j in printable characters of bounded number', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});
