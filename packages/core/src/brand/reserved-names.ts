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

function findPart(name: string, { parts }: ReservedNames): string | undefined {
  const { asWritten, asMeant } = nameLetters(name);
  // A text contains only spellings whose letters it has, which is cheaper to compare.
  const written = lettersIn(asWritten);
  const meant = asMeant === asWritten ? written : lettersIn(asMeant);
  for (const { reserved, text, bits } of parts) {
    if ((bits & ~written) === 0 && asWritten.includes(text)) return reserved;
    if ((bits & ~meant) === 0 && asMeant.includes(text)) return reserved;
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
  /** Names that no name may resemble. */
  readonly vendors: readonly Vendor[];
}

/** A spelling of a reserved name. */
interface Part {
  readonly reserved: string;
  readonly text: string;
  /** The set of its letters. */
  readonly bits: number;
}

const reservedNames = oncePerValue((names: readonly string[]): ReservedNames => ({
  parts: names.flatMap(partsOf),
  vendors: names.map((name) => ({ name, hosts: [] })),
}));

function partsOf(reserved: string): readonly Part[] {
  const spellings = [reserved, reserved.replace(SPACES, ''), reserved.toLowerCase(), reserved.toUpperCase()];
  return Array.from(new Set(spellings.map(lettersOf)))
    .filter((text) => text !== '')
    .map((text) => ({ reserved, text, bits: lettersIn(text) }));
}

const SPACES = /[\s\p{Z}\u2800]/gu;
