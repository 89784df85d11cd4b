import { skeleton } from './skeleton.ts';

/**
 * The first of the reserved names that `name` holds, or looks as if it held, without regard to case.
 * An empty reserved name reserves nothing.
 */
export function findReservedName(name: string, reserved: readonly string[]): string | undefined {
  const key = lookalikeKey(name);
  return reserved.find((candidate) => {
    const spellings = [candidate, candidate.toLowerCase(), candidate.toUpperCase()];
    return spellings.map(lookalikeKey).some((spelling) => spelling !== '' && key.includes(spelling));
  });
}

const MARKS = /[\p{Mn}\p{Me}]/gu;

/**
 * A skeleton without case. Capital I looks like small l, so that without case `i`, `I`, `l`, `1` and `|` are
 * one letter; a skeleton alone keeps `i` apart. Marks on letters are left out: `V̇estibule` is read as what it
 * decorates.
 */
function lookalikeKey(text: string): string {
  const letters = skeleton(skeleton(withoutMarks(text.normalize('NFKD'))).toLowerCase());
  return withoutMarks(letters).replaceAll('i', 'l').trim();
}

const withoutMarks = (text: string): string => text.replace(MARKS, '');
