import { letterByLetter } from './comparable.ts';
import { lettersIn } from './letters-in.ts';
import type { Vendor } from './vendor.ts';
import { readings, runsOf, type Word } from './words.ts';

/** One name of a vendor, made ready for comparison. */
export interface Spelling {
  readonly vendor: Vendor;
  /** Its comparable form, without what stands between words. */
  readonly form: string;
  /** Where words of it begin in `form`: `GitHub` at 0 and 3. */
  readonly breaks: ReadonlySet<number>;
  /** Letter by letter, for counting slips, what stands between spaces and punctuation: two of `Hugging Face`, one of `GitHub`. */
  readonly parts: readonly string[];
  /** How many letters it has. */
  readonly length: number;
  /** Which letters those are. */
  readonly bits: number;
  /** Whether it is an ordinary word as well. */
  readonly isCommon: boolean;
}

/** Every name of a vendor, in small and in capital letters too, because those look like others. */
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
  const letters = parts.join('');
  const [length, bits] = [letters.length, lettersIn(letters)];
  const forms = [name, name.toLowerCase(), name.toUpperCase()].map((cased) =>
    toForm(readings(cased)[0] ?? []),
  );
  return Array.from(new Set(forms))
    .filter((form) => form !== '')
    .map((form) => ({ vendor, form, breaks, parts, length, bits, isCommon }));
}

/** The comparable form of words in a row. */
export const toForm = (words: readonly Word[]): string => words.map(({ form }) => form).join('');

/** Words in a row letter by letter, those of one run together. */
export const toParts = (words: readonly Word[]): readonly string[] =>
  runsOf(words).map((run) => letterByLetter(run.map(({ key }) => key).join('')));
