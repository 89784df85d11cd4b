import { type Directory, formHead } from './directory.ts';
import { hasLength } from './lengths.ts';
import type { Match } from './name-match.ts';
import type { Reading } from './reading.ts';
import type { Spelling } from './spelling.ts';
import type { Word } from './word.ts';
import { runsOf } from './words.ts';

/** Adds names that equal consecutive words, ignoring spaces. */
export function findWhole(matches: Match[], { words, text, starts }: Reading, directory: Directory): void {
  const { byForm, lengths, longest } = directory;
  for (let from = 0; from < words.length; from += 1) {
    const start = starts[from] ?? 0;
    const known = lengths[formHead(text.charCodeAt(start))];
    if (known === 0) continue;
    for (let to = from + 1; to <= words.length; to += 1) {
      const end = starts[to] ?? 0;
      if (end - start > longest) break;
      if (!hasLength(known, end - start)) continue;
      for (const spelling of byForm.get(text.slice(start, end)) ?? NONE) {
        const isClear = !spelling.isCommon && isSpacedClearly(words.slice(from, to), spelling);
        matches.push({ spelling, from, to, isClear });
      }
    }
  }
}

const NONE: readonly Spelling[] = [];

/** Adds names with wrongly doubled letters: `Claaauude`, `Slackk`, `Aplle`. */
export function findDoubled(matches: Match[], { singled }: Reading, { bySingled, byForm }: Directory): void {
  for (const { letters, form, index } of singled) {
    const found = bySingled.get(letters);
    if (found === undefined || byForm.has(form)) continue;
    for (const spelling of found) {
      matches.push({ spelling, from: index, to: index + 1, isClear: !spelling.isCommon });
    }
  }
}

/** Common words are parts of many others: `Helpline`, `colinear`. If the word or the rest is short, it is not a claim. */
const FEWEST_COMMON_LETTERS = 5;

/** Adds names that are joined with generic words: `officialacme`, `acmesupport`. */
export function findGlued(matches: Match[], { pieces, text }: Reading, { byForm, lengths }: Directory): void {
  for (const { start, end, index, isLong } of pieces) {
    if (!hasLength(lengths[formHead(text.charCodeAt(start))], end - start)) continue;
    for (const spelling of byForm.get(text.slice(start, end)) ?? NONE) {
      const { isCommon, length } = spelling;
      if (isCommon && !(isLong && length >= FEWEST_COMMON_LETTERS)) continue;
      matches.push({ spelling, from: index, to: index + 1, isClear: !isCommon });
    }
  }
}

/** Shorter names, and names whose parts are words, are ambiguous if they are split: `Air Table`. */
const FEWEST_CLEAR_LETTERS = 6;
const FEWEST_PART_LETTERS = 3;

/** Whether split words can only mean the vendor's name, although the vendor writes it as one word. */
function isSpacedClearly(words: readonly Word[], { breaks, length }: Spelling): boolean {
  const starts = startsOf(words);
  const runs = words.map((word, index) => ({ word, start: starts[index] ?? 0, last: words[index - 1]?.run }));
  const isApartAsUsual = runs.every(
    ({ word, start, last }) => last === undefined || word.run === last || breaks.has(start),
  );
  if (isApartAsUsual) return true;
  const parts = runsOf(words).map((run) => run.reduce((sum, { key }) => sum + key.length, 0));
  return length >= FEWEST_CLEAR_LETTERS && Math.min(...parts) < FEWEST_PART_LETTERS;
}

/** Where each word begins in the joined text, and where the last one ends. */
function startsOf(words: readonly Word[]): readonly number[] {
  let end = 0;
  return [0, ...words.map(({ form }) => (end += form.length))];
}
