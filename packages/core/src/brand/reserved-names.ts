import { oncePerValue } from '../once-per-value.ts';
import { lettersIn } from './letters-in.ts';
import { resemblance } from './resemblance.ts';
import { letterFor } from './symbols.ts';
import type { Vendor } from './vendor.ts';
import { lookalikeKey } from './lookalike.ts';

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
  const asWritten = lettersOf(lookalikeKey(name));
  const asMeant = lettersOf(lookalikeKey(Array.from(name, (sign) => letterFor(sign) ?? sign).join('')));
  const texts = asMeant === asWritten ? [asWritten] : [asWritten, asMeant];
  // A text contains only spellings whose letters it has, which is cheaper to compare.
  const masks = texts.map(lettersIn);
  const found = parts.find(({ spellings }) =>
    spellings.some(({ text, bits }) =>
      texts.some((one, index) => (bits & ~(masks[index] ?? 0)) === 0 && one.includes(text)),
    ),
  );
  return found?.name;
}

function findResembled(name: string, { vendors }: ReservedNames): string | undefined {
  const [[first] = []] = resemblance(name, vendors);
  return first?.name;
}

/** Reserved names, prepared for lookups. */
interface ReservedNames {
  /** Names that no name may contain. */
  readonly parts: readonly { readonly name: string; readonly spellings: readonly Part[] }[];
  /** Names that no name may resemble. */
  readonly vendors: readonly Vendor[];
}

/** A spelling that no name may contain. */
interface Part {
  readonly text: string;
  /** The set of its letters. */
  readonly bits: number;
}

const reservedNames = oncePerValue((names: readonly string[]): ReservedNames => ({
  parts: names.map((name) => ({ name, spellings: spellingsOf(name) })),
  vendors: names.map((name) => ({ name, hosts: [] })),
}));

function spellingsOf(name: string): readonly Part[] {
  const spellings = [name, name.replace(SPACES, ''), name.toLowerCase(), name.toUpperCase()];
  return Array.from(new Set(spellings.map((spelling) => lettersOf(lookalikeKey(spelling)))))
    .filter((text) => text !== '')
    .map((text) => ({ text, bits: lettersIn(text) }));
}

const SPACES = /[\s\p{Z}\u2800]/gu;
const SPACING = /[\s\p{Z}\u2800]+/gu;
const PUNCTUATION = /[^\p{L}\p{M}\p{N}\s\p{Z}\u2800]/gu;

/**
 * Punctuation does not separate: `Ac-me` is read as `Acme`, and a single sign counts as the space around it. A space
 * separates, unless both sides of it together are the name as its owner writes it.
 */
const lettersOf = (text: string): string => text.replace(PUNCTUATION, '').replace(SPACING, ' ') || text;
