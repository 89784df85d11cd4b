import { resemblance } from '../vendor/resemblance.ts';
import { letterFor } from '../vendor/symbols.ts';
import { lookalikeKey } from './lookalike.ts';

/**
 * The first of the reserved names that `name` holds, or looks as if it held: as a part of it, without regard to case and to
 * punctuation and with figures and signs read as the letters that they are written for; or as words in it that resemble one
 * as they would resemble a vendor's name, with letters apart, doubled or swapped. An empty reserved name reserves nothing.
 */
export function findReservedName(name: string, reserved: readonly string[]): string | undefined {
  return findPart(name, reserved) ?? findResembled(name, reserved);
}

function findPart(name: string, reserved: readonly string[]): string | undefined {
  const asWritten = lettersOf(lookalikeKey(name));
  const asMeant = lettersOf(lookalikeKey(Array.from(name, (sign) => letterFor(sign) ?? sign).join('')));
  return reserved.find((candidate) => {
    const spellings = [
      candidate,
      candidate.replace(SPACES, ''),
      candidate.toLowerCase(),
      candidate.toUpperCase(),
    ];
    return spellings
      .map((spelling) => lettersOf(lookalikeKey(spelling)))
      .some((spelling) => spelling !== '' && (asWritten.includes(spelling) || asMeant.includes(spelling)));
  });
}

function findResembled(name: string, reserved: readonly string[]): string | undefined {
  const [[first] = []] = resemblance(
    name,
    reserved.map((one) => ({ name: one, hosts: [] })),
  );
  return first?.name;
}

const SPACES = /[\s\p{Z}\u2800]/gu;
const SPACING = /[\s\p{Z}\u2800]+/gu;
const PUNCTUATION = /[^\p{L}\p{M}\p{N}\s\p{Z}\u2800]/gu;

/**
 * Punctuation separates nothing: `Ac-me` is read as `Acme`, and one that stands alone counts as the space around it. A space
 * separates, unless what is on both sides of it is the name as its owner writes it.
 */
const lettersOf = (text: string): string => text.replace(PUNCTUATION, '').replace(SPACING, ' ') || text;
