import type { Directory } from './directory.ts';
import { singledWord } from './doubled.ts';
import { genericHeads, genericTails, isGeneric } from './generic-words.ts';
import type { Match } from './name-match.ts';
import { type Spelling, toForm } from './spelling.ts';
import { runsOf, type Word } from './words.ts';

/** Names that equal consecutive words, ignoring spaces. */
export function findWhole(words: readonly Word[], { byForm, longest }: Directory): readonly Match[] {
  const starts = startsOf(words);
  const text = toForm(words);
  const matches: Match[] = [];
  for (const from of words.keys()) {
    for (let to = from + 1; to <= words.length; to += 1) {
      const [start = 0, end = 0] = [starts[from], starts[to]];
      if (end - start > longest) break;
      for (const spelling of byForm.get(text.slice(start, end)) ?? []) {
        const isClear = !spelling.isCommon && isSpacedClearly(words.slice(from, to), spelling);
        matches.push({ spelling, from, to, isClear });
      }
    }
  }
  return matches;
}

/** Names with wrongly doubled letters: `Claaauude`, `Slackk`, `Aplle`. */
export function findDoubled(words: readonly Word[], { bySingled, byForm }: Directory): readonly Match[] {
  return words.flatMap((word, index) => {
    const isKnownWord = byForm.has(word.form) || isGeneric(word.form);
    const letters = isKnownWord ? undefined : singledWord(word);
    const names = letters === undefined ? [] : (bySingled.get(letters) ?? []);
    return names.map((spelling) => ({ spelling, from: index, to: index + 1, isClear: !spelling.isCommon }));
  });
}

/**
 * Common words are parts of many others: `Helpline`, `colinear`. If the word or the rest is shorter than this, it is not a
 * claim.
 */
const FEWEST_COMMON_LETTERS = 5;
const FEWEST_GLUED_LETTERS = 3;

/** Names that are joined with generic words: `officialacme`, `acmesupport`. */
export function findGlued(words: readonly Word[], { byForm }: Directory): readonly Match[] {
  return words.flatMap(({ form }, index) =>
    genericHeads(form).flatMap((start) =>
      genericTails(form)
        .filter((end) => start < end && end - start < form.length)
        .flatMap((end) => {
          const isLong = [start, form.length - end].every(
            (rest) => rest === 0 || rest >= FEWEST_GLUED_LETTERS,
          );
          return (byForm.get(form.slice(start, end)) ?? []).filter(
            ({ isCommon, length }) => !isCommon || (isLong && length >= FEWEST_COMMON_LETTERS),
          );
        })
        .map((spelling) => ({ spelling, from: index, to: index + 1, isClear: !spelling.isCommon })),
    ),
  );
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
