import { nameOf } from './name-of.ts';

/** How often each result occurred: `{ inserted: 1, exists: 19 }`. */
export function tally(answers: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const name = nameOf(answer);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
