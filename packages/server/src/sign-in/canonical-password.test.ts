import { expect, test } from 'vitest';
import { canonicalPassword } from './canonical-password.ts';

test.each([
  ['a letter and its accent', 'cafe\u0301', 'caf\u00e9'],
  ['a no-break space', 'correct\u00a0horse', 'correct horse'],
  ['an ideographic space', 'correct\u3000horse', 'correct horse'],
  ['a Hangul syllable in its parts', '\u1112\u1161\u11ab', '\ud55c'],
])('a password with %s is written in one way', (_, typed, canonical) => {
  expect(canonicalPassword(typed)).toBe(canonical);
  expect(canonicalPassword(canonical)).toBe(canonical);
});

test.each([
  ['spaces around it', ' pass word '],
  ['capital letters', 'PaSsWoRd'],
  ['full-width letters', '\uff50\uff41\uff53\uff53'],
  ['a ligature', 'o\ufb03ce'],
  ['a tab and a line break', 'pass\tword\n'],
  ['a lone surrogate', 'pass\ud800word'],
])('a password keeps %s', (_, typed) => {
  expect(canonicalPassword(typed)).toBe(typed);
});
