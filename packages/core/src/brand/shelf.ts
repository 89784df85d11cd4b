import { lettersIn } from './letters-in.ts';

/** Shorter names, in letters, are compared without slips, except for doubled letters. */
export const FEWEST_LETTERS_FOR_SLIPS = 6;

/** Letters that are read alike at the beginning of a word. */
const READ_ALIKE = 'ckgq';
const ALIKE = lettersIn(READ_ALIKE);
const ALL_ALIKE = READ_ALIKE.charCodeAt(0) & 31;

/** The number of different heads. */
const HEADS = 32;

/** A number below 32 for a first letter from `a` to `z`, by its code. Letters that are read alike have the same. */
export const headOf = (code: number): number => ((ALIKE & (1 << (code & 31))) === 0 ? code & 31 : ALL_ALIKE);

/** The key of names with so many parts and this {@link headOf | head}. */
export const row = (parts: number, head: number): number => parts * HEADS + head;

/** The key of names with so many parts, so many letters, and this {@link headOf | head}. */
export const shelf = (parts: number, length: number, head: number): number =>
  (parts * 65_536 + length) * HEADS + head;
