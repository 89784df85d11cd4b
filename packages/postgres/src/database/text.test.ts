import { expect, test } from 'vitest';
import { fromStored, toStored } from './text.ts';

test.each([
  ['nothing', ''],
  ['what people write', 'メモ "帳" \\ 👩‍👩‍👧 \n'],
  ['JSON', JSON.stringify({ name: '\0\u001B\uD800"' })],
])('%s is kept as it is', (_, text) => {
  expect(toStored(text)).toBe(text);
  expect(fromStored(text)).toBe(text);
});

test.each([
  ['NUL', 'a\0b\0'],
  ['the escape', '\u001B\u001B0000'],
  ['the first half of a pair', 'a\uD800'],
  ['the second half of a pair', '\uDC00\uD83D'],
  ['all at once', '\0\u001B\uD800👍\uDFFF\0'],
])('%s is spelled, and comes back', (_, text) => {
  const stored = toStored(text);
  expect(stored).not.toContain('\0');
  expect(stored.isWellFormed()).toBe(true);
  expect(fromStored(stored)).toBe(text);
});

test('different texts stay different', () => {
  const texts = ['\0', '\u001B', '\u001B0000', '0000', '\uD800', '\uFFFD', '', '\0\0', '\u001B\0'];
  expect(new Set(texts.map(toStored)).size).toBe(texts.length);
});
