import { letterFor } from '../vendor/symbols.ts';
import { lookalikeKey } from './lookalike.ts';

/**
 * The first of the reserved names that `name` holds, or looks as if it held, without regard to case and to
 * punctuation, and with figures and signs read as the letters that they are written for.
 * An empty reserved name reserves nothing.
 */
export function findReservedName(name: string, reserved: readonly string[]): string | undefined {
  const asWritten = lettersOf(lookalikeKey(name));
  const asMeant = lettersOf(lookalikeKey(Array.from(name, (sign) => letterFor(sign) ?? sign).join('')));
  return reserved.find((candidate) => {
    const spellings = [
      candidate,
      candidate.replace(SPACES, ''),
      candidate.toLowerCase(),
      candidate.toUpperCase(),
    ];
    return spellings
      .map((spelling) => lettersOf(lookalikeKey(spelling)))
      .some((spelling) => spelling !== '' && (asWritten.includes(spelling) || asMeant.includes(spelling)));
  });
}

const SPACES = /[\s\p{Z}\u2800]/gu;
const PUNCTUATION = /[^\p{L}\p{M}\p{N}\s\p{Z}\u2800]/gu;

/** Punctuation parts nothing: `Ac-me` is read as `Acme`. A space does, as in `Pay Pal Mall`. */
const lettersOf = (text: string): string => text.replace(PUNCTUATION, '') || text;
