import { oncePerValue } from '../once-per-value.ts';
import { lettersIn } from './letters-in.ts';
import { lettersOf, nameLetters } from './name-letters.ts';
import { resemblance } from './resemblance.ts';
import type { Vendor } from './vendor.ts';

/**
 * The first reserved name that `name` contains or resembles. A reserved name counts as a part of any word, ignoring case and
 * punctuation and with digits and signs read as the letters that they replace; and as words that resemble it as they would
 * resemble a vendor's name, with letters apart, doubled or swapped. An empty reserved name reserves nothing.
 */
export function findReservedName(name: string, reserved: readonly string[]): string | undefined {
  const ready = reservedNames(reserved);
  return findPart(name, ready) ?? findResembled(name, ready);
}

function findPart(name: string, { parts, letters }: ReservedNames): string | undefined {
  const { asWritten, asMeant } = nameLetters(name);
  // A text contains only spellings whose letters it has, which is cheaper to compare.
  const written = lettersIn(asWritten);
  const meant = asMeant === asWritten ? written : lettersIn(asMeant);
  for (let index = 0; index < parts.length; index += 1) {
    const bits = letters[index] ?? 0;
    if ((bits & ~written) !== 0 && (bits & ~meant) !== 0) continue;
    const { reserved, text = '' } = parts[index] ?? {};
    if (asWritten.includes(text) || asMeant.includes(text)) return reserved;
  }
  return undefined;
}

function findResembled(name: string, { vendors }: ReservedNames): string | undefined {
  const [claimed] = resemblance(name, vendors);
  return claimed?.[0]?.name;
}

/** Reserved names, prepared for lookups. */
interface ReservedNames {
  /** The spellings that no name may contain. */
  readonly parts: readonly Part[];
  /** The set of letters of each. In a list of their own, so that most spellings are not looked at. */
  readonly letters: readonly number[];
  /** Names that no name may resemble. */
  readonly vendors: readonly Vendor[];
}

/** A spelling of a reserved name. */
interface Part {
  readonly reserved: string;
  readonly text: string;
}

const reservedNames = oncePerValue((names: readonly string[]): ReservedNames => {
  const parts = names.flatMap(partsOf);
  const letters = parts.map(({ text }) => lettersIn(text));
  return { parts, letters, vendors: names.map((name) => ({ name, hosts: [] })) };
});

function partsOf(reserved: string): readonly Part[] {
  const spellings = [reserved, reserved.replace(SPACES, ''), reserved.toLowerCase(), reserved.toUpperCase()];
  return Array.from(new Set(spellings.map(lettersOf)))
    .filter((text) => text !== '')
    .map((text) => ({ reserved, text }));
}

const SPACES = /[\s\p{Z}\u2800]/gu;
