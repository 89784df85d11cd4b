import { asciiWords, isAscii, type ReadWords } from './ascii-words.ts';
import { letterByLetter, spelledOut } from './comparable.ts';
import { joinSingles } from './join-singles.ts';
import { plainLetters } from './letterforms.ts';
import { lookalikeKey } from './lookalike.ts';
import { letterFor } from './symbols.ts';
import type { Word } from './word.ts';

/**
 * The words of a name in each of its readings: with digits and signs unchanged, and with them as the letters that they
 * replace (`Acm3`, `@cme`). One reading if the name has none.
 */
export function readings(name: string): readonly (readonly Word[])[] {
  const { asWritten, asMeant } = isAscii(name) ? asciiWords(name) : wordsOfAnyScript(name);
  return asMeant === undefined || hasSame(asWritten, asMeant) ? [asWritten] : [asWritten, asMeant];
}

/** The words of a name, which can have letters of several scripts. */
export function wordsOfAnyScript(name: string): ReadWords {
  const letters = Array.from(name.normalize('NFC'));
  const runs = joinSingles(letterRuns(letters));
  const disguised = joinSingles(letterRuns(readSigns(letters))).map(readFigures);
  const asWritten = toWords(runs, true);
  if (runs.join(' ') === disguised.join(' ') && !runs.some((run) => FIGURES_AMONG.test(run))) {
    return { asWritten };
  }
  return { asWritten, asMeant: toWords(disguised, false) };
}

const FIGURES_AMONG = /\p{N}\P{N}|\P{N}\p{N}/u;

const PART_OF_WORD = /[\p{L}\p{M}\p{N}]/u;

const isPartOfWord = (letter: string | undefined): letter is string =>
  letter !== undefined && letter !== ' ' && (PART_OF_WORD.test(letter) || plainLetters(letter) !== letter);

/** The parts between spaces and punctuation. */
function letterRuns(letters: readonly string[]): readonly string[] {
  return letters
    .map((letter) => (isPartOfWord(letter) ? letter : ' '))
    .join('')
    .split(' ')
    .filter((run) => run !== '');
}

/** Replaces signs beside letters by the letters that they stand for. */
function readSigns(letters: readonly string[]): readonly string[] {
  return letters.map((letter, index) => {
    if (isPartOfWord(letter)) return letter;
    const isAfter = isPartOfWord(letters[index - 1]);
    const isBefore = isPartOfWord(letters[index + 1]);
    return (isAfter || isBefore ? letterFor(letter) : undefined) ?? letter;
  });
}

/** Replaces digits among letters by the letters that they stand for. */
const readFigures = (run: string): string =>
  /\P{N}/u.test(run) ? run.replace(/\d/g, (figure) => letterFor(figure) ?? figure) : run;

const CAPITAL = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const OUTER_FIGURES = /(?=\P{N})(?<=^\p{N}+)|(?<=\P{N})(?=\p{N}+$)/u;

/**
 * Boundaries between scripts with capitals, which use spaces, and scripts without, and between those that are written
 * without spaces.
 */
const SCRIPT_CHANGE = new RegExp(
  [
    String.raw`(?<=\p{LC}\p{M}*)(?=\p{Lo})|(?<=\p{Lo}\p{M}*)(?=\p{LC})`,
    ...['scx=Han', 'scx=Katakana', 'sc=Hangul'].map(
      (script) => String.raw`(?<=\p{${script}})(?!\p{${script}})|(?<!\p{${script}})(?=\p{${script}})`,
    ),
  ].join('|'),
  'u',
);

function toWords(runs: readonly string[], areFiguresApart: boolean): readonly Word[] {
  return runs.flatMap((text, run) =>
    text
      .split(CAPITAL)
      .flatMap((part) => part.split(SCRIPT_CHANGE))
      .flatMap((part) => (areFiguresApart ? part.split(OUTER_FIGURES) : [part]))
      .filter((part) => part !== '')
      .map((part) => {
        const key = lookalikeKey(part);
        return { plain: part.toLowerCase(), key, form: spelledOut(key), letters: letterByLetter(key), run };
      }),
  );
}

/** The words, with those of one run of letters joined. */
export function runsOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const runs: Word[][] = [];
  for (const word of words) {
    const open = runs.at(-1);
    if (open?.[0]?.run === word.run) open.push(word);
    else runs.push([word]);
  }
  return runs;
}

const hasSame = (one: readonly Word[], other: readonly Word[]): boolean =>
  one.map(({ form }) => form).join(' ') === other.map(({ form }) => form).join(' ');
