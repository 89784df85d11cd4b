import { expect, test } from 'vitest';
import { quote } from './say.ts';

test.each([
  ['a', '"a"'],
  [null, 'null'],
  [undefined, 'missing'],
  [{ a: [1] }, '{"a":[1]}'],
  ['a\n\u001B[2J', String.raw`"a\n\u001b[2J"`],
  ['\u202Eevil\u009B2J', '" evil 2J"'],
  ['a'.repeat(300), `"${'a'.repeat(199)}…`],
])('%j is %s', (value, expected) => {
  expect(quote(value)).toBe(expected);
});
