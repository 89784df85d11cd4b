import type { PartChange } from '@vestibule/core/operator';
import { type Problem, problemLine } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';

/**
 * The outcome of a change that was made, or was not necessary.
 *
 * @throws Refused with all problems, or that the realm or the part of it does not exist
 */
export function madeOrRefused(change: PartChange, missing: () => string): 'changed' | 'unchanged' {
  switch (change.outcome) {
    case 'changed':
    case 'unchanged':
      return change.outcome;
    case 'missing':
      throw new Refused(missing());
    case 'refused':
      throw refusedWith(change.problems);
  }
}

/** A refusal with all problems, each on a line. */
export const refusedWith = (problems: readonly Problem[]): Refused =>
  new Refused(`Nothing was changed:\n${problems.map((problem) => `  ${problemLine(problem)}`).join('\n')}`);
