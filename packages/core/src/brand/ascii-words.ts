import { lazily } from '../lazily.ts';
import { letterByLetter, spelledOut } from './comparable.ts';
import { joinSingles } from './join-singles.ts';
import { lookalikeKey } from './lookalike.ts';
import { type AsciiReplacements, asciiReplacements, replaceAscii } from './replace-ascii.ts';
import { letterFor } from './symbols.ts';
import type { Word } from './word.ts';

/** The words of a name in two readings. */
export interface ReadWords {
  readonly asWritten: readonly Word[];
  /** With digits and signs as the letters that they replace. Absent if there are none. */
  readonly asMeant?: readonly Word[];
}

/** Whether a text has only ASCII characters, as most names do. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

const RUN = /[A-Za-z0-9]+/g;
const HAS_FIGURE = /[0-9]/;
const FIGURE = /[0-9]/g;
const SIGN = /[^A-Za-z0-9 ]/;
const SIGNS = /[^A-Za-z0-9 ]/g;
const FIGURE_AMONG_LETTERS = /[0-9][A-Za-z]|[A-Za-z][0-9]/;
const LETTER = /[A-Za-z]/;

/**
 * The words of an ASCII name. The result is the same as by the rules for all scripts, which cost several times as much
 * because they look up Unicode properties of each character.
 */
export function asciiWords(name: string): ReadWords {
  const runs = runsIn(name);
  const asWritten = toWords(runs, true);
  const hasFigures = HAS_FIGURE.test(name) && runs.some((run) => FIGURE_AMONG_LETTERS.test(run));
  if (!hasFigures && !SIGN.test(name)) return { asWritten };
  const meant = runsIn(name.replace(SIGNS, letterBeside)).map(readFigures);
  const isSame = runs.length === meant.length && runs.every((run, index) => run === meant[index]);
  return isSame && !hasFigures ? { asWritten } : { asWritten, asMeant: toWords(meant, false) };
}

function runsIn(text: string): readonly string[] {
  const runs = text.match(RUN) ?? [];
  return runs.some(({ length }) => length === 1) ? joinSingles(runs) : runs;
}

/** The letter that a sign beside a letter or a digit stands for. */
function letterBeside(sign: string, index: number, name: string): string {
  const isBeside = isPartOfWord(name.charCodeAt(index - 1)) || isPartOfWord(name.charCodeAt(index + 1));
  return isBeside ? letterOf(sign) : sign;
}

const readFigures = (run: string): string => (LETTER.test(run) ? run.replace(FIGURE, letterOf) : run);

const letterOf = (sign: string): string => letterFor(sign) ?? sign;

function toWords(runs: readonly string[], areFiguresApart: boolean): readonly Word[] {
  const words: Word[] = [];
  for (let run = 0; run < runs.length; run += 1) {
    const text = runs[run] ?? '';
    let start = 0;
    for (let end = 1; end <= text.length; end += 1) {
      if (end < text.length && !isNewWord(text, end)) continue;
      if (areFiguresApart) pushParts(words, text.slice(start, end), run);
      else words.push(toWord(text.slice(start, end), run));
      start = end;
    }
  }
  return words;
}

/** Whether a word begins at this capital: after a small letter, or as the last of several capitals before a small one. */
function isNewWord(text: string, at: number): boolean {
  if (!isCapital(text.charCodeAt(at))) return false;
  const before = text.charCodeAt(at - 1);
  return isSmall(before) || (isCapital(before) && isSmall(text.charCodeAt(at + 1)));
}

/** Separates the digits at both ends from the rest. A part of digits alone stays whole. */
function pushParts(words: Word[], part: string, run: number): void {
  let from = 0;
  let to = part.length;
  while (from < to && isFigure(part.charCodeAt(from))) from += 1;
  if (from === to) from = 0;
  else while (isFigure(part.charCodeAt(to - 1))) to -= 1;
  if (from > 0) words.push(toWord(part.slice(0, from), run));
  words.push(toWord(part.slice(from, to), run));
  if (to < part.length) words.push(toWord(part.slice(to), run));
}

function toWord(text: string, run: number): Word {
  const plain = text.toLowerCase();
  const key = replaceAscii(plain, KEYS());
  return { plain, key, form: replaceAscii(plain, FORMS()), letters: letterByLetter(key), run };
}

const isFigure = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isPartOfWord = (code: number): boolean => isSmall(code) || isCapital(code) || isFigure(code);

/** The look-alike key and the comparable form of each ASCII character, as by the rules for all scripts. */
const KEYS: () => AsciiReplacements = /* @__PURE__ */ lazily(() => asciiReplacements(lookalikeKey));
const FORMS: () => AsciiReplacements = /* @__PURE__ */ lazily(() =>
  asciiReplacements((character) => spelledOut(lookalikeKey(character))),
);
