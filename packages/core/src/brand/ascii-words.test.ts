import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiWords } from './ascii-words.ts';
import { wordsOfAnyScript } from './words.ts';

const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 24 });
/** Capitals, digits and signs beside letters, which random characters seldom form. */
const wordlike = fc
  .array(
    fc.constantFrom('a', 'cme', 'A', 'CME', 'B', 'm', 'w', 'd', 'I', '0', '4', '12', '@', '$', '!', '-', ' '),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('reads an ASCII name as the rules for all scripts do', () => {
  fc.assert(
    fc.property(fc.oneof(ascii, wordlike), (name) => {
      expect(asciiWords(name)).toEqual(wordsOfAnyScript(name));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['AcmeMail', 'acme mail', undefined],
  ['ACMEMail2', 'acme mail 2', 'acme mailz'],
  ['4Sight 12', '4 sight 12', 'a sight 12'],
  ['@cm3 M4il', 'cm 3 m4il', 'acme mail'],
  ['A c-m.e', 'acme', undefined],
])('reads %s as the words %s, and with signs as letters as %s', (name, written, meant) => {
  const { asWritten, asMeant } = asciiWords(name);
  const plain = [asWritten, asMeant].map((words) => words?.map((word) => word.plain).join(' '));
  expect(plain).toEqual([written, meant]);
});
