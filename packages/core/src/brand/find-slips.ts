import type { Directory } from './directory.ts';
import { editDistance } from './edit-distance.ts';
import { isGeneric } from './generic-words.ts';
import { hasLength } from './lengths.ts';
import { differsBeyond, lettersIn } from './letters-in.ts';
import type { Match } from './name-match.ts';
import type { Reading } from './reading.ts';
import { headOf, row, shelf } from './shelf.ts';
import type { Spelling } from './spelling.ts';

/** Adds names that differ from words, or from as many runs of letters in a row as a name has parts, by one or two slips. */
export function findSlips(matches: Match[], reading: Reading, directory: Directory): void {
  const { words, parts, firsts } = reading;
  for (let index = 0; index < words.length; index += 1) {
    const letters = words[index]?.letters ?? '';
    if (!mayBeNear(directory, 1, letters, letters.length)) continue;
    pushNear(matches, reading, { parts: [letters], from: index, to: index + 1 }, directory);
  }
  for (const count of directory.partCounts) {
    for (let index = 0; index + count <= parts.length; index += 1) {
      const from = firsts[index] ?? 0;
      const to = firsts[index + count] ?? 0;
      // A run of one word is among the words already.
      if (to - from < 2) continue;
      if (!mayBeNear(directory, count, parts[index] ?? '', lengthOf(parts, index, count))) continue;
      pushNear(matches, reading, { parts: parts.slice(index, index + count), from, to }, directory);
    }
  }
}

/** The number of letters of so many parts. */
function lengthOf(parts: readonly string[], index: number, count: number): number {
  let length = 0;
  for (let at = index; at < index + count; at += 1) length += parts[at]?.length ?? 0;
  return length;
}

/**
 * Whether a name of so many parts can be near, judged by the number of letters and the first two letters alone. Readers
 * recognize a word by its first letter, so it has to be the same, be read alike, or be swapped with the second.
 */
function mayBeNear({ nearLengths }: Directory, parts: number, first: string, length: number): boolean {
  return (
    hasLength(nearLengths[row(parts, headOf(first.charCodeAt(0)))], length) ||
    hasLength(nearLengths[row(parts, headOf(first.charCodeAt(1)))], length)
  );
}

/** Consecutive words, letter by letter. */
interface Stretch {
  readonly parts: readonly string[];
  readonly from: number;
  readonly to: number;
}

const LATIN = /^[a-z]+$/;

/** Adds the names that are near. A vendor's own name is not a slip. */
function pushNear(
  matches: Match[],
  { text, starts }: Reading,
  { parts, from, to }: Stretch,
  { byForm, long }: Directory,
): void {
  const letters = parts.join('');
  if (!LATIN.test(letters)) return;
  const form = text.slice(starts[from], starts[to]);
  if (isGeneric(form)) return;
  const bits = lettersIn(letters);
  for (const key of shelvesOf(parts, letters.length)) {
    const found = long.get(key);
    if (found === undefined) continue;
    for (let index = 0; index < found.letters.length; index += 1) {
      if (differsBeyond(bits, found.letters[index] ?? 0, MOST_SLIPS)) continue;
      const spelling = found.spellings[index];
      if (spelling === undefined || !isNear(parts, spelling)) continue;
      if (byForm.has(form)) return;
      matches.push({ spelling, from, to, isClear: !spelling.isCommon });
    }
  }
}

/** The keys of the shelves with names that can be near. */
function shelvesOf(parts: readonly string[], length: number): readonly number[] {
  const first = parts[0] ?? '';
  const head = headOf(first.charCodeAt(0));
  const second = headOf(first.charCodeAt(1));
  const inPlace = [length - 1, length, length + 1].map((near) => shelf(parts.length, near, head));
  return second === head ? inPlace : [...inPlace, shelf(parts.length, length, second)];
}

/** Shorter parts of a name have to be equal: `LMN Studio` is not `LM Studio`. */
const FEWEST_LETTERS_OF_PART = 4;
/** Names of one part with this many letters are recognized in spite of two slips. */
const FEWEST_LETTERS_FOR_TWO = 10;
const MOST_SLIPS = 2;

/** Whether all parts but one equal those of a name, and the remaining one is close. */
function isNear(parts: readonly string[], { parts: names, isCommon }: Spelling): boolean {
  let index = 0;
  while (index < parts.length && parts[index] === names[index]) index += 1;
  for (let after = index + 1; after < parts.length; after += 1) {
    if (parts[after] !== names[after]) return false;
  }
  const name = names[index] ?? '';
  if (name.length < FEWEST_LETTERS_OF_PART) return false;
  // Ordinary words have many similar words.
  const atMost = !isCommon && name.length >= FEWEST_LETTERS_FOR_TWO && names.length === 1 ? MOST_SLIPS : 1;
  return editDistance(parts[index] ?? '', name, atMost) <= atMost;
}
