import { keptRecently } from '../kept-recently.ts';
import { singledWord } from './doubled.ts';
import { genericHeads, genericTails, isGeneric } from './generic-words.ts';
import { lettersIn } from './letters-in.ts';
import { FEWEST_LETTERS_FOR_SLIPS, shelf } from './shelf.ts';
import { toForm, toParts } from './spelling.ts';
import type { Word } from './word.ts';
import { readings, runsOf } from './words.ts';

/**
 * One reading of a name, with everything that comparisons need to know about it. Nothing of that depends on the names that it
 * is compared with, so it is computed once for all of them.
 */
export interface Reading {
  readonly words: readonly Word[];
  /** The comparable form of all words. */
  readonly text: string;
  /** Where each word begins in `text`, and where the last one ends. */
  readonly starts: readonly number[];
  /** The parts of words before, after or between generic words. */
  readonly pieces: readonly Piece[];
  /** The words with repeated letters, without the repetitions. */
  readonly singled: readonly Singled[];
  /** The words that can be a name with slips. */
  readonly single: readonly Stretch[];
  /** The consecutive runs of letters that can be a name of so many parts with slips. */
  readonly inARow: (count: number) => readonly Stretch[];
}

/** A part of a word, of which the rest is generic words. */
export interface Piece {
  readonly form: string;
  /** The index of its word. */
  readonly index: number;
  /** Whether each side of it has enough letters, if there are any. */
  readonly isLong: boolean;
}

/** A word without repeated letters. */
export interface Singled {
  readonly letters: string;
  /** The form of the word as it is. */
  readonly form: string;
  readonly index: number;
}

/** Consecutive words, letter by letter. */
export interface Stretch {
  readonly parts: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly form: string;
  /** The set of its letters. */
  readonly bits: number;
  /** The shelves with similar names. */
  readonly shelves: readonly number[];
}

/** A policy asks about the names in all languages, of which there are at most 32, one rule after the other. */
const KEPT = { most: 64, longest: 256 };

/** The readings of a name. */
export const readingsOf: (name: string) => readonly Reading[] = keptRecently(KEPT, (name) =>
  readings(name).map(toReading),
);

function toReading(words: readonly Word[]): Reading {
  let end = 0;
  const starts = [0, ...words.map(({ form }) => (end += form.length))];
  const runs = runsOf(words);
  const parts = toParts(words);
  const firsts = [0];
  for (const [index, run] of runs.entries()) firsts.push((firsts[index] ?? 0) + run.length);
  const rows = new Map<number, readonly Stretch[]>();
  return {
    words,
    text: toForm(words),
    starts,
    pieces: words.flatMap(({ form }, index) => piecesOf(form, index)),
    singled: words.flatMap((word, index) => {
      const { form } = word;
      const letters = isGeneric(form) ? undefined : singledWord(word);
      return letters === undefined ? [] : [{ letters, form, index }];
    }),
    single: words.flatMap((word, index) => stretchOf(words, toParts([word]), index, index + 1)),
    inARow: (count) => {
      const known = rows.get(count);
      if (known !== undefined) return known;
      const made: Stretch[] = [];
      for (let index = 0; index + count <= runs.length; index += 1) {
        const [from = 0, to = 0] = [firsts[index], firsts[index + count]];
        // A run of one word is among the words already.
        if (to - from > 1) made.push(...stretchOf(words, parts.slice(index, index + count), from, to));
      }
      rows.set(count, made);
      return made;
    },
  };
}

const FEWEST_GLUED_LETTERS = 3;

function piecesOf(form: string, index: number): readonly Piece[] {
  const heads = genericHeads(form);
  const tails = genericTails(form);
  if (heads.length === 1 && tails.length === 1) return [];
  return heads.flatMap((start) =>
    tails
      .filter((end) => start < end && end - start < form.length)
      .map((end) => ({
        form: form.slice(start, end),
        index,
        isLong: [start, form.length - end].every((rest) => rest === 0 || rest >= FEWEST_GLUED_LETTERS),
      })),
  );
}

/** Shorter names are compared without slips, and a slip can leave out one letter. */
const FEWEST_LETTERS = FEWEST_LETTERS_FOR_SLIPS - 1;

const LATIN = /^[a-z]+$/;

/** Consecutive words, if they can be a name with slips. */
function stretchOf(
  words: readonly Word[],
  parts: readonly string[],
  from: number,
  to: number,
): readonly Stretch[] {
  const letters = parts.join('');
  if (letters.length < FEWEST_LETTERS || !LATIN.test(letters)) return [];
  const form = toForm(words.slice(from, to));
  if (isGeneric(form)) return [];
  return [{ parts, from, to, form, bits: lettersIn(letters), shelves: shelvesOf(parts, letters.length) }];
}

/** Readers recognize a word by its first letter, so it has to be the same, be read alike, or be swapped with the second. */
function shelvesOf(parts: readonly string[], length: number): readonly number[] {
  const [first = '', second = ''] = parts[0] ?? '';
  const inPlace = [length - 1, length, length + 1].map((near) => shelf(parts.length, near, first));
  const swapped = shelf(parts.length, length, second);
  return inPlace.includes(swapped) ? inPlace : [...inPlace, swapped];
}
