/** Shorter names, in letters, are compared without slips, except for doubled letters. */
export const FEWEST_LETTERS_FOR_SLIPS = 6;

/** Letters that are read alike at the beginning of a word. */
const READ_ALIKE = 'ckgq';

/** The key of names with so many parts, so many letters, and this first letter from `a` to `z`. */
export function shelf(parts: number, length: number, head: string): number {
  const code = READ_ALIKE.includes(head) ? READ_ALIKE.charCodeAt(0) : head.charCodeAt(0);
  return (parts * 65_536 + length) * 32 + (code & 31);
}
