import { toParts } from './spelling.ts';
import type { Word } from './words.ts';

/** A text in which no letter stands twice in a row. */
export const singled = (text: string): string => text.replace(/(.)\1+/gsu, '$1');

/**
 * What is left of a word, letter by letter, where letters stand once that stand several times in a row: `Claaauude`.
 * `undefined` where nothing stands twice, or where different letters that look alike do (`Vercelli`).
 */
export function singledWord(word: Word): string | undefined {
  const [letters = ''] = toParts([word]);
  const short = singled(letters);
  return short.length < letters.length && short.length === singled(word.plain).length ? short : undefined;
}
