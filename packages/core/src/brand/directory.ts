import { oncePerValue } from '../once-per-value.ts';
import { singled } from './doubled.ts';
import { type Spelling, spellings } from './spelling.ts';
import type { Vendor } from './vendor.ts';

/** Vendors, made ready for looking names up. */
export interface Directory {
  /** Names by their comparable form. */
  readonly byForm: ReadonlyMap<string, readonly Spelling[]>;
  /** Names of at least {@link FEWEST_LETTERS_FOR_DOUBLES} letters, in one, by what is left of them without repeated letters. */
  readonly bySingled: ReadonlyMap<string, readonly Spelling[]>;
  /** The length of the longest form. */
  readonly longest: number;
  /** Names long enough that a slip does not hide them, by {@link shelf}. */
  readonly long: ReadonlyMap<string, readonly Spelling[]>;
  /** How many parts those have. */
  readonly partCounts: ReadonlySet<number>;
  /** Who it is that words are close to and not meant to be, by the words in small letters, with a space between or in one. */
  readonly neighbours: ReadonlyMap<string, ReadonlySet<Vendor>>;
  /** The length of the longest of those. */
  readonly longestNeighbour: number;
}

/** Names shorter than this, in letters, are looked for without slips, except for doubled letters. */
export const FEWEST_LETTERS_FOR_SLIPS = 6;

/** Names shorter than this, in letters, are other words if a letter of them is doubled. */
const FEWEST_LETTERS_FOR_DOUBLES = 4;

/** Letters that are read alike at the head of a word. */
const READ_ALIKE = 'ckgq';

/** Where names stand that could be meant by so many parts, with so many letters together and this one at the head. */
export const shelf = (parts: number, length: number, head: string): string =>
  `${parts} ${length} ${READ_ALIKE.includes(head) ? READ_ALIKE : head}`;

/** Makes vendors ready. It is done once for a list, and for the lists that are equal to it. */
export const directoryOf: (vendors: readonly Vendor[]) => Directory = oncePerValue(build);

const ofOne = new WeakMap<Vendor, Directory>();

/** Makes one vendor ready, once for the same object: for lists that are put together anew for each registration. */
export function directoryOfOne(vendor: Vendor): Directory {
  const directory = ofOne.get(vendor) ?? build([vendor]);
  ofOne.set(vendor, directory);
  return directory;
}

function build(vendors: readonly Vendor[]): Directory {
  const byForm = new Map<string, Spelling[]>();
  const bySingled = new Map<string, Spelling[]>();
  const long = new Map<string, Spelling[]>();
  const partCounts = new Set<number>();
  const neighbours = new Map<string, Set<Vendor>>();
  for (const spelling of vendors.flatMap(spellings)) {
    const { form, parts, length } = spelling;
    entry(byForm, form, () => []).push(spelling);
    if (length >= FEWEST_LETTERS_FOR_DOUBLES) {
      entry(bySingled, singled(parts.join('')), () => []).push(spelling);
    }
    if (length < FEWEST_LETTERS_FOR_SLIPS) continue;
    entry(long, shelf(parts.length, length, parts[0]?.charAt(0) ?? ''), () => []).push(spelling);
    partCounts.add(parts.length);
  }
  for (const vendor of vendors) {
    for (const word of vendor.neighbours ?? []) {
      for (const text of plainForms(word)) entry(neighbours, text, () => new Set<Vendor>()).add(vendor);
    }
  }
  return {
    byForm,
    bySingled,
    longest: longestOf(byForm),
    long,
    partCounts,
    neighbours,
    longestNeighbour: longestOf(neighbours),
  };
}

/** Words as they are spelled, in small letters, with a space between and in one. */
const plainForms = (text: string): readonly string[] => {
  const words = text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u);
  return [words.join(' '), words.join('')];
};

const longestOf = (map: ReadonlyMap<string, unknown>): number =>
  Array.from(map.keys()).reduce((longest, { length }) => Math.max(longest, length), 0);

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
