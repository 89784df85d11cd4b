import { expect, test } from 'vitest';
import { fromStored } from '../../database/text.ts';
import { toJsonParameter } from './json-parameter.ts';

const decoded = (json: string): unknown =>
  JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? fromStored(value) : value));

test.each([
  ['ordinary text', 'Zoë "Ł" 😀\n'],
  ['NUL', 'a\0b'],
  ['a high surrogate alone', 'a\uD83D'],
  ['a low surrogate alone', '\uDE00a'],
  ['the escape character', 'a\u001B0000'],
  ['JSON in which NUL is escaped', JSON.stringify({ text: '\0' })],
  ['text that looks like an escape', String.raw`\u0000`],
])('JSON never has what PostgreSQL refuses: %s', (_, text) => {
  const json = toJsonParameter({ text });
  expect(decoded(json)).toEqual({ text });
  expect(JSON.parse(json).text).not.toMatch(/\0|[\uD800-\uDFFF]/u);
});
