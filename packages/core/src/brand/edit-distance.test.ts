import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['', '', 0],
  ['acme', 'acme', 0],
  ['acme', '', 4],
  ['', 'acme', 4],
  ['acme', 'acmee', 1],
  ['acme', 'ace', 1],
  ['acme', 'acne', 1],
  ['acme', 'amce', 1],
  ['acme', 'camel', 2],
  ['acme', 'mace', 2],
  ['ca', 'abc', 3],
  ['vestibule', 'festival', 4],
])('from %j to %j: %i', (from, to, expected) => {
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    expect(editDistance(one, other, 5)).toBe(expected);
    expect(editDistance(one, other, expected)).toBe(expected);
    expect(editDistance(one, other, expected - 1)).toBe(Infinity);
  }
});
