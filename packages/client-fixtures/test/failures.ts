import type { CheckOutcome } from '../src/index.ts';

/** The outcomes that failed. */
export const failuresIn = (outcomes: readonly CheckOutcome[]): readonly CheckOutcome[] =>
  outcomes.filter(({ outcome }) => outcome === 'failed');

/** The ids of the checks of outcomes, each once. */
export const checksOf = (outcomes: readonly CheckOutcome[]): readonly string[] =>
  [...new Set(outcomes.map(({ check }) => check))].toSorted();
