import { expect, test } from 'vitest';
import { differsBeyond, lettersIn } from './letters-in.ts';

test.each([
  ['letters in another order', 'notion', 'nootin', 0, false],
  ['a letter more', 'notion', 'notions', 1, false],
  ['one other letter', 'acme', 'acne', 1, false],
  ['two other letters', 'perplexity', 'perblexitg', 2, false],
  ['two other letters', 'perplexity', 'perblexitg', 1, true],
  ['three other letters', 'abcdef', 'abcxyz', 2, true],
])('%s: %s and %s differ beyond %i slips: %s', (_, one, other, slips, expected) => {
  expect(differsBeyond(lettersIn(one), lettersIn(other), slips)).toBe(expected);
});
