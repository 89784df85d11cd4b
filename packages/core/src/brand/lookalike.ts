import { plainLetters } from './letterforms.ts';
import { skeleton } from './skeleton.ts';

/**
 * A skeleton in lower case and plain letters: two names with the same key look alike to readers. Capital I looks like
 * lower-case l, so without case `i`, `I`, `l`, `1` and `|` are one letter; a skeleton alone distinguishes `i`. Combining
 * marks are removed: `V̇estibule` equals the name that it decorates. For comparison only, never for display.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 */
export function lookalikeKey(text: string): string {
  let key = '';
  for (const letter of text) key += keyOf(letter);
  return key.trim();
}

/** A cache of keys for letters of the basic plane, whose number bounds it. */
const KNOWN = new Map<string, string>();

function keyOf(letter: string): string {
  const known = KNOWN.get(letter);
  if (known !== undefined) return known;
  const small = skeleton(plainLetters(withoutMarks(letter.normalize('NFKD')))).toLowerCase();
  const key = withoutMarks(skeleton(plainLetters(skeleton(small)))).replaceAll('i', 'l');
  if (letter.length === 1) KNOWN.set(letter, key);
  return key;
}

/** Combining marks, a stroke that lengthens Arabic words, and apostrophes that count as letters. */
const MARKS = /[\p{Mn}\p{Me}\u0640\u02B9-\u02BD\u02EE\uA78B\uA78C]/gu;

const withoutMarks = (text: string): string => text.replace(MARKS, '');
