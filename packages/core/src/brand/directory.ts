import { oncePerValue } from '../once-per-value.ts';
import { singled } from './doubled.ts';
import { bitOf } from './lengths.ts';
import { lettersIn } from './letters-in.ts';
import { FEWEST_LETTERS_FOR_SLIPS, headOf, row, shelf } from './shelf.ts';
import { type Spelling, spellings } from './spelling.ts';
import type { Vendor } from './vendor.ts';

/** Vendors, prepared for lookups of names. */
export interface Directory {
  /** Names by their comparable form. */
  readonly byForm: ReadonlyMap<string, readonly Spelling[]>;
  /** Names of at least {@link FEWEST_LETTERS_FOR_DOUBLES} letters, joined, by their form without repeated letters. */
  readonly bySingled: ReadonlyMap<string, readonly Spelling[]>;
  /** The lengths of the forms that begin with a character, by {@link formHead}. Most words of a name need no other look. */
  readonly lengths: readonly number[];
  /** The length of the longest form. */
  readonly longest: number;
  /** Names that are long enough to be recognized in spite of a slip, by {@link shelf}. */
  readonly long: ReadonlyMap<number, Shelf>;
  /** The lengths of words that can be one of these names with a slip, by {@link row}. */
  readonly nearLengths: readonly (number | undefined)[];
  /** The numbers of parts of these names. */
  readonly partCounts: readonly number[];
  /** The vendor that a neighbor word is close to without meaning it, by the words in lower case, with spaces and joined. */
  readonly neighbours: ReadonlyMap<string, ReadonlySet<Vendor>>;
  /** The length of the longest neighbor. */
  readonly longestNeighbour: number;
}

/** Names that are compared with the same words. */
export interface Shelf {
  readonly spellings: readonly Spelling[];
  /** The set of letters of each. In a list of their own, so that most spellings are not looked at. */
  readonly letters: readonly number[];
}

/** Shorter names, in letters, become other words if a letter is doubled. */
const FEWEST_LETTERS_FOR_DOUBLES = 4;

const LATIN = /^[a-z]$/;

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
  const long = new Map<number, { readonly spellings: Spelling[]; readonly letters: number[] }>();
  const nearLengths: number[] = [];
  const partCounts = new Set<number>();
  const neighbours = new Map<string, Set<Vendor>>();
  for (const spelling of vendors.flatMap(spellings)) {
    const { form, parts, length } = spelling;
    entry(byForm, form, () => []).push(spelling);
    if (length >= FEWEST_LETTERS_FOR_DOUBLES) {
      entry(bySingled, singled(parts.join('')), () => []).push(spelling);
    }
    const first = parts[0]?.charAt(0) ?? '';
    // Slips are counted in Latin words only, and the first letter of a name is hardly ever one.
    if (length < FEWEST_LETTERS_FOR_SLIPS || !LATIN.test(first)) continue;
    const head = headOf(first.charCodeAt(0));
    const place = entry(long, shelf(parts.length, length, head), () => ({ spellings: [], letters: [] }));
    place.spellings.push(spelling);
    place.letters.push(lettersIn(parts.join('')));
    const at = row(parts.length, head);
    nearLengths[at] = (nearLengths[at] ?? 0) | bitOf(length - 1) | bitOf(length) | bitOf(length + 1);
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
    lengths: lengthsOf(byForm.keys()),
    longest: longestOf(byForm),
    long,
    nearLengths: Array.from(nearLengths, (lengths) => lengths ?? 0),
    partCounts: Array.from(partCounts),
    neighbours,
    longestNeighbour: longestOf(neighbours),
  };
}

/** Words in their spelling, in lower case, with spaces and joined. */
const plainForms = (text: string): readonly string[] => {
  const words = text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u);
  return [words.join(' '), words.join('')];
};

/** A number below 32 for the first character of a form, by its code. Different characters may have the same. */
export const formHead = (code: number): number => code & 31;

function lengthsOf(forms: Iterable<string>): readonly number[] {
  const lengths = Array.from({ length: 32 }, () => 0);
  for (const form of forms) {
    const head = formHead(form.charCodeAt(0));
    lengths[head] = (lengths[head] ?? 0) | bitOf(form.length);
  }
  return lengths;
}

const longestOf = (map: ReadonlyMap<string, unknown>): number =>
  Array.from(map.keys()).reduce((longest, { length }) => Math.max(longest, length), 0);

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
