import { type Directory, directoryOf, directoryOfOne } from './directory.ts';
import { findDoubled, findGlued, findWhole } from './find-exact.ts';
import { findSlips } from './find-slips.ts';
import { areGeneric } from './generic-words.ts';
import type { Match } from './name-match.ts';
import { isRole } from './role-words.ts';
import type { Vendor } from './vendor.ts';
import { readings, type Word } from './words.ts';

/**
 * Whose program a client’s name says that it is, or looks as if it said: the vendor that is named first, for each way of
 * reading the name in which there is one; several, where they have that name in common. Who is named further on is spoken
 * of, and says nothing about whose the program is: Slack in `Claude for Slack`.
 *
 * The name is cut into words, which are compared with those of all the vendors in the lists by their UTS #39 skeletons,
 * without case, marks, spaces and punctuation, with figures read as letters, and with slips allowed in names of six letters
 * or more, and doubled letters in those of four or more. A match begins and ends where words do: `Claudette` is not `Claude`.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 */
export function resemblance(
  name: string,
  ...lists: readonly (readonly Vendor[])[]
): readonly (readonly Vendor[])[] {
  const directories = lists.filter(({ length }) => length > 0).map(directoryOf);
  if (directories.length === 0) return [];
  return readings(name)
    .map((words) => firstClaimed(words, directories))
    .filter(({ length }) => length > 0);
}

/** Whether a name says, or looks as if it said, that it is one of the server's own, with words for roles or without. */
export const resemblesOwn = (name: string, own: readonly Vendor[]): boolean =>
  readings(name).some((words) => firstClaimed(words, own.map(directoryOfOne), isRole).length > 0);

function firstClaimed(
  words: readonly Word[],
  directories: readonly Directory[],
  isIdle: (word: Word) => boolean = () => false,
): readonly Vendor[] {
  const matches = directories
    .flatMap((directory) => matchesIn(words, directory))
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  if (matches.length === 0) return [];
  const isOnlyNames = isNothingElse(words, matches, isIdle);
  const claims = matches.filter(({ isClear }) => isClear || isOnlyNames);
  const [head] = claims;
  const alike = claims.filter(({ from, to }) => from === head?.from && to === head.to);
  return Array.from(new Set(alike.map(({ spelling }) => spelling.vendor)));
}

function matchesIn(words: readonly Word[], directory: Directory): readonly Match[] {
  const found = [
    ...findWhole(words, directory),
    ...findGlued(words, directory),
    ...findDoubled(words, directory),
    ...findSlips(words, directory),
  ];
  if (found.length === 0) return found;
  const excepted = exceptions(words, directory);
  return found.filter((match) => !excepted.some((one) => isInside(match, one)));
}

/** Whether all that is said besides vendors' names is generic, or idle. */
function isNothingElse(
  words: readonly Word[],
  matches: readonly Match[],
  isIdle: (word: Word) => boolean,
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

/** Where words in a row are what is close to a vendor's name and not meant to be. */
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
