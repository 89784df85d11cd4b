import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { quote } from './quote.ts';

test.each([
  ['https://app.example/cb', "'https://app.example/cb'"],
  ['say "hi"', "'say (U+0022)hi(U+0022)'"],
  ["it's", "'it(U+0027)s'"],
  ['a\\b', "'a(U+005C)b'"],
  ['a\r\nSet-Cookie: x', "'a(U+000D)(U+000A)Set-Cookie: x'"],
  ['\u202Egnp.exe', "'(U+202E)gnp.exe'"],
  ['\uD800', "'(U+D800)'"],
  ['😀', "'(U+1F600)'"],
])('repeats %j as %s', (text, expected) => {
  expect(quote(text)).toBe(expected);
});

test('cuts long text', () => {
  expect(quote('x'.repeat(5_000))).toBe(`'${'x'.repeat(120)}...'`);
});

test(cite('whatever the text, the result fits an error_description', 'rfc7591:3.2.2:ascii'), () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(quote(text)).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/);
    }),
  );
});
