import fc from 'fast-check';
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

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

test('counts no slips in what two words begin and end with', () => {
  fc.assert(
    fc.property(word, word, word, word, (head, one, other, tail) => {
      const bare = editDistance(one, other, 7);
      expect(editDistance(`${head}${one}${tail}`, `${head}${other}${tail}`, 7)).toBe(bare);
    }),
    { numRuns: 2_000 },
  );
});

test('finds the same number of slips whatever the bound is', () => {
  fc.assert(
    fc.property(word, word, fc.nat(4), (one, other, atMost) => {
      const distance = editDistance(one, other, 7);
      expect(editDistance(one, other, atMost)).toBe(distance > atMost ? Infinity : distance);
    }),
    { numRuns: 2_000 },
  );
});
