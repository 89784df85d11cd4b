import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiLetters, lettersOfAnyScript } from './name-letters.ts';

const ascii = fc.string({
  unit: fc.nat(0x7f).map((code) => String.fromCharCode(code)),
  maxLength: 24,
});
/** Spaces and signs beside letters, which random characters seldom form. */
const wordlike = fc
  .array(
    fc.constantFrom('ac', 'ME', 'i', 'D', '0', '4', '@', '!', '%', '|', '"', '-', ' ', '  ', '\t', '\n'),
    {
      maxLength: 10,
    },
  )
  .map((parts) => parts.join(''));

test('reads the letters of an ASCII name as the rules for all scripts do', () => {
  fc.assert(
    fc.property(fc.oneof(ascii, wordlike), (name) => {
      expect(asciiLetters(name)).toEqual(lettersOfAnyScript(name));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['Ac-me - Mail', 'acrne rnall', 'acrne rnall'],
  ['  @cm3 %', 'crn3 º₀', 'acrne º₀'],
  ['?!', '?!', 'l'],
])('reads %j as %j, and with signs as letters as %j', (name, asWritten, asMeant) => {
  expect(asciiLetters(name)).toEqual({ asWritten, asMeant });
});
