import { type Directory, directoryOf, directoryOfOne } from './directory.ts';
import { findDoubled, findGlued, findWhole } from './find-exact.ts';
import { findSlips } from './find-slips.ts';
import { areGeneric } from './generic-words.ts';
import type { Match } from './name-match.ts';
import { type Reading, readingsOf } from './reading.ts';
import { isRole } from './role-words.ts';
import type { Vendor } from './vendor.ts';
import type { Word } from './word.ts';

/**
 * The vendors that a client's name claims or resembles: for each reading of the name, the vendor that is named first;
 * several if they share that name. A vendor that is named later is only mentioned: Slack in `Claude for Slack`.
 *
 * The name is split into words, which are compared with those of all vendors in the lists by their UTS #39 skeletons,
 * without case, marks, spaces and punctuation, and with digits read as letters. Slips are allowed in names of six letters or
 * more, and doubled letters in those of four or more. A match begins and ends at word boundaries: `Claudette` is not
 * `Claude`.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 */
export function resemblance(
  name: string,
  ...lists: readonly (readonly Vendor[])[]
): readonly (readonly Vendor[])[] {
  const directories: Directory[] = [];
  for (const list of lists) if (list.length > 0) directories.push(directoryOf(list));
  if (directories.length === 0) return [];
  const claimed: (readonly Vendor[])[] = [];
  for (const reading of readingsOf(name)) {
    const vendors = firstClaimed(reading, directories);
    if (vendors.length > 0) claimed.push(vendors);
  }
  return claimed;
}

/** Whether a name claims or resembles a name of the server, with or without words for roles. */
export function resemblesOwn(name: string, own: readonly Vendor[]): boolean {
  const directories = own.map(directoryOfOne);
  return readingsOf(name).some((reading) => firstClaimed(reading, directories, isRole).length > 0);
}

function firstClaimed(
  reading: Reading,
  directories: readonly Directory[],
  isIdle?: (word: Word) => boolean,
): readonly Vendor[] {
  const found: Match[] = [];
  for (const directory of directories) pushMatches(found, reading, directory);
  if (found.length === 0) return [];
  const matches = found.toSorted((one, other) => one.from - other.from || other.to - one.to);
  const isOnlyNames = isNothingElse(reading.words, matches, isIdle);
  const claims = matches.filter(({ isClear }) => isClear || isOnlyNames);
  const [head] = claims;
  const alike = claims.filter(({ from, to }) => from === head?.from && to === head.to);
  return Array.from(new Set(alike.map(({ spelling }) => spelling.vendor)));
}

/** Adds the names of a directory that a reading has, without those that are part of an exception. */
function pushMatches(matches: Match[], reading: Reading, directory: Directory): void {
  const found: Match[] = [];
  findWhole(found, reading, directory);
  findGlued(found, reading, directory);
  findDoubled(found, reading, directory);
  findSlips(found, reading, directory);
  if (found.length === 0) return;
  const excepted = exceptions(reading.words, directory);
  for (const match of found) if (!excepted.some((one) => isInside(match, one))) matches.push(match);
}

/** Whether everything besides vendors' names is generic or without meaning. */
function isNothingElse(
  words: readonly Word[],
  matches: readonly Match[],
  isIdle: (word: Word) => boolean = () => false,
): boolean {
  const generic = areGeneric(words, matches[0]?.to ?? words.length);
  return words.every(
    (word, index) =>
      generic[index] === true || isIdle(word) || matches.some(({ from, to }) => from <= index && index < to),
  );
}

interface Exception {
  readonly vendors: ReadonlySet<Vendor>;
  readonly from: number;
  readonly to: number;
}

/** Where consecutive words are neighbors of a vendor's name. */
function exceptions(
  words: readonly Word[],
  { neighbours, longestNeighbour }: Directory,
): readonly Exception[] {
  return words.flatMap((_, from) => {
    const found: Exception[] = [];
    let plain = '';
    for (let to = from + 1; to <= words.length && plain.length < longestNeighbour; to += 1) {
      const [before, word] = [words[to - 2], words[to - 1]];
      plain += `${to - from > 1 && before?.run !== word?.run ? ' ' : ''}${word?.plain ?? ''}`;
      const vendors = neighbours.get(plain);
      if (vendors !== undefined) found.push({ vendors, from, to });
    }
    return found;
  });
}

const isInside = ({ spelling, from, to }: Match, exception: Exception): boolean =>
  exception.vendors.has(spelling.vendor) && exception.from <= from && to <= exception.to;
