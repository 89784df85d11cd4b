import { oncePerValue } from '../once-per-value.ts';
import { singled } from './doubled.ts';
import { type Spelling, spellings } from './spelling.ts';
import type { Vendor } from './vendor.ts';

/** Vendors, prepared for lookups of names. */
export interface Directory {
  /** Names by their comparable form. */
  readonly byForm: ReadonlyMap<string, readonly Spelling[]>;
  /** Names of at least {@link FEWEST_LETTERS_FOR_DOUBLES} letters, joined, by their form without repeated letters. */
  readonly bySingled: ReadonlyMap<string, readonly Spelling[]>;
  /** The length of the longest form. */
  readonly longest: number;
  /** Names that are long enough to be recognized in spite of a slip, by {@link shelf}. */
  readonly long: ReadonlyMap<string, readonly Spelling[]>;
  /** The numbers of parts of these names. */
  readonly partCounts: ReadonlySet<number>;
  /** The vendor that a neighbor word is close to without meaning it, by the words in lower case, with spaces and joined. */
  readonly neighbours: ReadonlyMap<string, ReadonlySet<Vendor>>;
  /** The length of the longest neighbor. */
  readonly longestNeighbour: number;
}

/** Shorter names, in letters, are compared without slips, except for doubled letters. */
export const FEWEST_LETTERS_FOR_SLIPS = 6;

/** Shorter names, in letters, become other words if a letter is doubled. */
const FEWEST_LETTERS_FOR_DOUBLES = 4;

/** Letters that are read alike at the beginning of a word. */
const READ_ALIKE = 'ckgq';

/** The key of names with so many parts, so many letters, and this first letter. */
export const shelf = (parts: number, length: number, head: string): string =>
  `${parts} ${length} ${READ_ALIKE.includes(head) ? READ_ALIKE : head}`;

/** Prepares vendors, once for a list and for the lists that equal it. */
export const directoryOf: (vendors: readonly Vendor[]) => Directory = oncePerValue(build);

const ofOne = new WeakMap<Vendor, Directory>();

/** Prepares one vendor, once for each object: for lists that are composed anew for each registration. */
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

/** Words in their spelling, in lower case, with spaces and joined. */
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
