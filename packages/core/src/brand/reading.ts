import { keptRecently } from '../kept-recently.ts';
import { letterByLetter } from './comparable.ts';
import { singledWord } from './doubled.ts';
import { genericHeads, genericTails, isGeneric, mayBeJoined } from './generic-words.ts';
import type { Word } from './word.ts';
import { readings } from './words.ts';

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
  /** The parts between spaces and punctuation, letter by letter, for counting slips. */
  readonly parts: readonly string[];
  /** The index of the first word of each part, and the number of words. */
  readonly firsts: readonly number[];
  /** The parts of words before, after or between generic words. */
  readonly pieces: readonly Piece[];
  /** The words with repeated letters, without the repetitions. */
  readonly singled: readonly Singled[];
}

/** A part of a word, of which the rest is generic words. */
export interface Piece {
  /** Where it begins in the text of the reading. */
  readonly start: number;
  /** Where it ends there. */
  readonly end: number;
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

/** A policy asks about the names in all languages, of which there are at most 32, one rule after the other. */
const KEPT = { most: 64, longest: 256 };

/** The readings of a name. */
export const readingsOf: (name: string) => readonly Reading[] = keptRecently(KEPT, (name) =>
  readings(name).map(toReading),
);

function toReading(words: readonly Word[]): Reading {
  const starts = [0];
  const parts: string[] = [];
  const firsts: number[] = [];
  const pieces: Piece[] = [];
  const singled: Singled[] = [];
  let key = '';
  let text = '';
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) continue;
    const { form, run } = word;
    pushPieces(pieces, form, index, text.length);
    const letters = singledWord(word);
    if (letters !== undefined && !isGeneric(form)) singled.push({ letters, form, index });
    text += form;
    starts.push(text.length);
    if (words[index - 1]?.run === run) {
      key += word.key;
      parts[parts.length - 1] = letterByLetter(key);
    } else {
      key = word.key;
      parts.push(word.letters);
      firsts.push(index);
    }
  }
  firsts.push(words.length);
  return { words, text, starts, parts, firsts, pieces, singled };
}

const FEWEST_GLUED_LETTERS = 3;

/** @param offset where the word begins in the text of the reading */
function pushPieces(pieces: Piece[], form: string, index: number, offset: number): void {
  if (!mayBeJoined(form)) return;
  const tails = genericTails(form);
  for (const start of genericHeads(form)) {
    for (const end of tails) {
      if (start >= end || end - start === form.length) continue;
      const isLong = isLongOrNone(start) && isLongOrNone(form.length - end);
      pieces.push({ start: offset + start, end: offset + end, index, isLong });
    }
  }
}

const isLongOrNone = (rest: number): boolean => rest === 0 || rest >= FEWEST_GLUED_LETTERS;
