import { plainLetters } from './letterforms.ts';
import { skeleton } from './skeleton.ts';

/**
 * A skeleton without case and in plain letters: what two names have in common that a reader would take for one another.
 * Capital I looks like small l, so that without case `i`, `I`, `l`, `1` and `|` are one letter; a skeleton alone keeps `i`
 * apart. Marks on letters are left out: `V̇estibule` is read as what it decorates. For comparison only, never for display.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 */
export function lookalikeKey(text: string): string {
  let key = '';
  for (const letter of text) key += keyOf(letter);
  return key.trim();
}

/** Keys that were made already, of letters in the basic plane: what strangers send cannot make it grow without end. */
const KNOWN = new Map<string, string>();

function keyOf(letter: string): string {
  const known = KNOWN.get(letter);
  if (known !== undefined) return known;
  const small = skeleton(plainLetters(withoutMarks(letter.normalize('NFKD')))).toLowerCase();
  const key = withoutMarks(skeleton(plainLetters(skeleton(small)))).replaceAll('i', 'l');
  if (letter.length === 1) KNOWN.set(letter, key);
  return key;
}

/** Marks, a stroke that only makes Arabic words longer, and apostrophes that count as letters. */
const MARKS = /[\p{Mn}\p{Me}\u0640\u02B9-\u02BD\u02EE\uA78B\uA78C]/gu;

const withoutMarks = (text: string): string => text.replace(MARKS, '');
