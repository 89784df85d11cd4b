import { letterByLetter } from './comparable.ts';
import type { Vendor } from './vendor.ts';
import type { Word } from './word.ts';
import { readings, runsOf } from './words.ts';

/** One name of a vendor, prepared for comparison. */
export interface Spelling {
  readonly vendor: Vendor;
  /** Its comparable form, without separators. */
  readonly form: string;
  /** The positions in `form` at which words begin: `GitHub` at 0 and 3. */
  readonly breaks: ReadonlySet<number>;
  /**
   * The parts between spaces and punctuation, letter by letter, for counting slips: two of `Hugging Face`, one of `GitHub`.
   */
  readonly parts: readonly string[];
  /** The number of its letters. */
  readonly length: number;
  /** Whether it is also an ordinary word. */
  readonly isCommon: boolean;
}

/** The spellings of every name of a vendor, also in lower case and in capitals, because those resemble different letters. */
export function spellings(vendor: Vendor): readonly Spelling[] {
  const cached = KNOWN.get(vendor);
  if (cached !== undefined) return cached;
  const { name, aliases = [], commonWords = [] } = vendor;
  const made = Array.from(new Set([name, ...aliases, ...commonWords])).flatMap((one) =>
    spell(vendor, one, commonWords.includes(one)),
  );
  KNOWN.set(vendor, made);
  return made;
}

const KNOWN = new WeakMap<Vendor, readonly Spelling[]>();

function spell(vendor: Vendor, name: string, isCommon: boolean): readonly Spelling[] {
  const [words = []] = readings(name);
  const breaks = new Set(words.map((_, index) => toForm(words.slice(0, index)).length));
  const parts = toParts(words);
  const { length } = parts.join('');
  const forms = [name, name.toLowerCase(), name.toUpperCase()].map((cased) =>
    toForm(readings(cased)[0] ?? []),
  );
  return Array.from(new Set(forms))
    .filter((form) => form !== '')
    .map((form) => ({ vendor, form, breaks, parts, length, isCommon }));
}

/** The comparable form of consecutive words. */
export const toForm = (words: readonly Word[]): string => words.map(({ form }) => form).join('');

/** Consecutive words letter by letter, with those of one run joined. */
export const toParts = (words: readonly Word[]): readonly string[] =>
  runsOf(words).map((run) => letterByLetter(run.map(({ key }) => key).join('')));
