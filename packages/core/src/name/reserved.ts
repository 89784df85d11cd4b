import { lookalikeKey } from './lookalike.ts';

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
