import { type Directory, directoryOf } from './directory.ts';
import { findGlued, findWhole } from './find-exact.ts';
import { findSlips } from './find-slips.ts';
import { areGeneric } from './generic-words.ts';
import type { Match } from './match.ts';
import type { Vendor } from './vendor.ts';
import { readings, type Word } from './words.ts';

/** What a name has to do with vendors. */
export interface Resemblance {
  /** Whose program it says that it is; the first one that it names first. */
  readonly claimed: readonly Vendor[];
  /** Everybody whose name is in it, claimed or said in passing: `Slack` in `Claude for Slack`. */
  readonly named: readonly Vendor[];
}

/**
 * Whose name a client's name is, or looks like. The name is cut into words, which are compared with those of the vendors
 * by their UTS #39 skeletons, without case, marks, spaces and punctuation, with figures read as letters, and with slips
 * allowed in names of six letters or more. A match begins and ends where words do: `Claudette` is not `Claude`.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 */
export function resemblance(name: string, vendors: readonly Vendor[]): Resemblance {
  const directory = directoryOf(vendors);
  const found = readings(name).map((words) => read(words, directory));
  return {
    claimed: unique(found.flatMap(({ claimed }) => claimed)),
    named: unique(found.flatMap(({ named }) => named)),
  };
}

function read(words: readonly Word[], directory: Directory): Resemblance {
  const excepted = exceptions(words, directory);
  const matches = [
    ...findWhole(words, directory),
    ...findGlued(words, directory),
    ...findSlips(words, directory),
  ]
    .filter((match) => !excepted.some((one) => isInside(match, one)))
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  const isOnlyNames = isNothingElse(words, matches);
  return {
    claimed: matches.filter(({ isClear }) => isClear || isOnlyNames).map(({ spelling }) => spelling.vendor),
    named: matches.map(({ spelling }) => spelling.vendor),
  };
}

/** Whether all that is said besides vendors' names is generic. */
function isNothingElse(words: readonly Word[], matches: readonly Match[]): boolean {
  const generic = areGeneric(words);
  return words.every(
    (_, index) => generic[index] === true || matches.some(({ from, to }) => from <= index && index < to),
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
      plain += words[to - 1]?.plain ?? '';
      const vendors = neighbours.get(plain);
      if (vendors !== undefined) found.push({ vendors, from, to });
    }
    return found;
  });
}

const isInside = ({ spelling, from, to }: Match, exception: Exception): boolean =>
  exception.vendors.has(spelling.vendor) && exception.from <= from && to <= exception.to;

const unique = (vendors: readonly Vendor[]): readonly Vendor[] => Array.from(new Set(vendors));
