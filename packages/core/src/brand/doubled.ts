import type { Word } from './word.ts';

const REPEATED = /(.)\1/su;

/** A text in which no letter is repeated directly. */
export const singled = (text: string): string => text.replace(/(.)\1+/gsu, '$1');

/**
 * A word, letter by letter, without direct repetitions: `Claaauude`. `undefined` if nothing is repeated, or if the
 * repetition consists of different letters that look alike (`Vercelli`).
 */
export function singledWord({ letters, plain }: Word): string | undefined {
  if (!REPEATED.test(letters)) return undefined;
  const short = singled(letters);
  return short.length < letters.length && short.length === singled(plain).length ? short : undefined;
}
