import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { quote, quoteConfigured, toWireText } from './quote.ts';

const WIRE = /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/;

describe('a text from a request', () => {
  test.each([
    ['', "''"],
    ['dyn-Ab_9~', "'dyn-Ab_9~'"],
    ['https://app.example/cb?x=1&y=%20', "'https://app.example/cb?x=1&y=%20'"],
    ['http://[::1]:8080/', "'http://[::1]:8080/'"],
    ['notes:read', "'notes:read'"],
  ])(
    cite('%j is repeated, because it looks like an id or a URI', 'vestibule:texts:ids-only'),
    (text, expected) => {
      expect(quote(text)).toBe(expected);
    },
  );

  test.each([
    ['Your account is locked. Call 555-0100', '(37 characters, with U+0020)'],
    ['say"hi"', '(7 characters, with U+0022)'],
    ["it's", '(4 characters, with U+0027)'],
    ['a\\b', '(3 characters, with U+005C)'],
    ['a\r\nSet-Cookie:x', '(15 characters, with U+000D)'],
    ['\u202Egnp.exe', '(8 characters, with U+202E)'],
    ['<b>', '(3 characters, with U+003C)'],
    ['\uD800', '(1 characters, with U+D800)'],
    ['😀', '(2 characters, with U+1F600)'],
  ])(cite('%j is not repeated', 'vestibule:texts:ids-only'), (text, expected) => {
    expect(quote(text)).toBe(expected);
  });

  test('is cut where it is long', () => {
    expect(quote('x'.repeat(5_000))).toBe(`'${'x'.repeat(120)}...'`);
    expect(quote(' '.repeat(5_000))).toBe('(5000 characters, with U+0020)');
  });
});

test.each([
  ['Acme Mail', "'Acme Mail'"],
  ['Ada\'s \u202Ex "y"', "'Ada(U+0027)s (U+202E)x (U+0022)y(U+0022)'"],
  ['x'.repeat(121), `'${'x'.repeat(120)}...'`],
])('an operator’s text %j is repeated as %s', (text, expected) => {
  expect(quoteConfigured(text)).toBe(expected);
});

test.each([
  ["the client's key", "the client's key"],
  ['the client’s "key"', 'the client(U+2019)s (U+0022)key(U+0022)'],
  ['a\\b\r\n', 'a(U+005C)b(U+000D)(U+000A)'],
])(cite('%j is sent as %j', 'rfc6749:5.2:characters'), (text, expected) => {
  expect(toWireText(text)).toBe(expected);
});

test(
  cite(
    'whatever the text, the result fits an error_description',
    'rfc7591:3.2.2:ascii',
    'rfc6749:5.2:characters',
  ),
  () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const written of [quote(text), quoteConfigured(text), toWireText(text)]) {
          expect(written).toMatch(WIRE);
        }
      }),
    );
  },
);
