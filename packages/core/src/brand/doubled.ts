import type { Word } from './word.ts';

const REPEATED = /(.)\1/su;

/** Whether a letter can be repeated directly: two units are the same, or a letter has two units. */
function mayRepeat(text: string): boolean {
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === last || (unit & 0xfc00) === 0xd800) return true;
    last = unit;
  }
  return false;
}

/** A text in which no letter is repeated directly. */
export const singled = (text: string): string => text.replace(/(.)\1+/gsu, '$1');

/**
 * A word, letter by letter, without direct repetitions: `Claaauude`. `undefined` if nothing is repeated, or if the
 * repetition consists of different letters that look alike (`Vercelli`).
 */
export function singledWord({ letters, plain }: Word): string | undefined {
  if (!mayRepeat(letters) || !REPEATED.test(letters)) return undefined;
  const short = singled(letters);
  return short.length < letters.length && short.length === singled(plain).length ? short : undefined;
}
