import { planOf, type Step } from './plan.ts';
import { LENGTH, simulate, type SimulationOptions } from './simulate.ts';

/** Makes a new set of options for each try: stores and bugs have a state. */
export type Again = (steps: readonly Step[]) => SimulationOptions;

/**
 * Finds fewer steps that violate the same invariant: it removes shorter and shorter parts as long as the rest still does, and
 * then the faults.
 *
 * @param most the largest number of tries
 */
export async function shrink(
  seed: number,
  invariant: string,
  again: Again,
  most = 400,
): Promise<readonly Step[]> {
  let left = most;
  const isViolated = async (steps: readonly Step[]): Promise<boolean> => {
    left -= 1;
    if (left < 0) return false;
    const { violations } = await simulate(again(steps));
    return violations.some((violation) => violation.invariant === invariant);
  };

  let steps = planOf(seed, LENGTH);
  for (const size of halvesOf(steps.length)) {
    let from = 0;
    while (from < steps.length) {
      const fewer = [...steps.slice(0, from), ...steps.slice(from + size)];
      if (await isViolated(fewer)) steps = fewer;
      else from += size;
    }
  }
  for (const [index, { fault, ...step }] of steps.entries()) {
    const simpler = steps.with(index, step);
    if (fault !== undefined && (await isViolated(simpler))) steps = simpler;
  }
  return steps;
}

/** Half of a number, half of that, and so on, down to 1. */
const halvesOf = (count: number): readonly number[] =>
  count <= 1 ? [] : [Math.ceil(count / 2), ...halvesOf(Math.ceil(count / 2))];
