import { type Directory, FEWEST_LETTERS_FOR_SLIPS, shelf } from './directory.ts';
import { editDistance } from './edit-distance.ts';
import { isGeneric } from './generic-words.ts';
import { differsBeyond, lettersIn } from './letters-in.ts';
import type { Match } from './name-match.ts';
import { type Spelling, toForm, toParts } from './spelling.ts';
import { runsOf, type Word } from './words.ts';

/** Names that differ from words by one or two slips. */
export function findSlips(words: readonly Word[], directory: Directory): readonly Match[] {
  return candidates(words, directory).flatMap(({ parts, from, to }) => {
    const bits = lettersIn(parts.join(''));
    return shelves(parts)
      .flatMap((name) => directory.long.get(name) ?? [])
      .filter((spelling) => !differsBeyond(bits, spelling.bits, MOST_SLIPS) && isNear(parts, spelling))
      .map((spelling) => ({ spelling, from, to, isClear: !spelling.isCommon }));
  });
}

/** Readers recognize a word by its first letter, so it has to be the same, be read alike, or be swapped with the second. */
function shelves(parts: readonly string[]): readonly string[] {
  const [first = '', second = ''] = parts[0] ?? '';
  const { length } = parts.join('');
  const inPlace = [length - 1, length, length + 1].map((near) => shelf(parts.length, near, first));
  return Array.from(new Set([...inPlace, shelf(parts.length, length, second)]));
}

interface Candidate {
  readonly parts: readonly string[];
  readonly from: number;
  readonly to: number;
}

const LATIN = /^[a-z]+$/;

/** Words, and runs of letters: as many in a row as a name has. A vendor's own name is not a slip. */
function candidates(words: readonly Word[], { byForm, partCounts }: Directory): readonly Candidate[] {
  const runs = toParts(words);
  const starts = runsOf(words).map(([first]) => words.findIndex((word) => word === first));
  const single = words.map((word, index) => ({ parts: toParts([word]), from: index, to: index + 1 }));
  const inARow = Array.from(partCounts).flatMap((count) =>
    starts.slice(0, Math.max(0, runs.length - count + 1)).map((from, index) => ({
      parts: runs.slice(index, index + count),
      from,
      to: starts[index + count] ?? words.length,
    })),
  );
  return [...single, ...inARow].filter(({ parts, from, to }) => {
    const letters = parts.join('');
    if (letters.length < FEWEST_LETTERS_FOR_SLIPS - 1 || !LATIN.test(letters)) return false;
    const form = toForm(words.slice(from, to));
    return !byForm.has(form) && !isGeneric(form);
  });
}

/** Shorter parts of a name have to be equal: `LMN Studio` is not `LM Studio`. */
const FEWEST_LETTERS_OF_PART = 4;
/** Names of one part with this many letters are recognized in spite of two slips. */
const FEWEST_LETTERS_FOR_TWO = 10;
const MOST_SLIPS = 2;

/** Whether all parts but one equal those of a name, and the remaining one is close. */
function isNear(parts: readonly string[], { parts: names, isCommon }: Spelling): boolean {
  const index = parts.findIndex((part, at) => part !== names[at]);
  const [part = '', name = ''] = [parts[index], names[index]];
  if (parts.slice(index + 1).some((other, after) => other !== names[index + 1 + after])) return false;
  if (name.length < FEWEST_LETTERS_OF_PART) return false;
  // Ordinary words have many similar words.
  const atMost = !isCommon && name.length >= FEWEST_LETTERS_FOR_TWO && names.length === 1 ? MOST_SLIPS : 1;
  return editDistance(part, name, atMost) <= atMost;
}
