import type { Directory } from './directory.ts';
import { singledWord } from './doubled.ts';
import { genericHeads, genericTails, isGeneric } from './generic-words.ts';
import type { Match } from './name-match.ts';
import { type Spelling, toForm } from './spelling.ts';
import { runsOf, type Word } from './words.ts';

/** Names that words in a row are, when one reads past the spaces between them. */
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

/** Names in which letters are doubled that should not be: `Claaauude`, `Slackk`, `Aplle`. */
export function findDoubled(words: readonly Word[], { bySingled, byForm }: Directory): readonly Match[] {
  return words.flatMap((word, index) => {
    const isKnownWord = byForm.has(word.form) || isGeneric(word.form);
    const letters = isKnownWord ? undefined : singledWord(word);
    const names = letters === undefined ? [] : (bySingled.get(letters) ?? []);
    return names.map((spelling) => ({ spelling, from: index, to: index + 1, isClear: !spelling.isCommon }));
  });
}

/** A common word is in many others: `Helpline`, `colinear`. Where it or what it is joined to is shorter, that is no claim. */
const FEWEST_COMMON_LETTERS = 5;
const FEWEST_GLUED_LETTERS = 3;

/** Names that stand in one word together with generic words: `officialacme`, `acmesupport`. */
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

/** Names that are short, or of which each part could be a word, are not clear when they are taken apart: `Air Table`. */
const FEWEST_CLEAR_LETTERS = 6;
const FEWEST_PART_LETTERS = 3;

/** Whether nobody but the vendor's name is meant by words that are apart where the vendor writes none. */
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

/** Where each word begins in the text of all, and where the last one ends. */
function startsOf(words: readonly Word[]): readonly number[] {
  let end = 0;
  return [0, ...words.map(({ form }) => (end += form.length))];
}
