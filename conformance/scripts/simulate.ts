/**
 * Runs the simulation: `node scripts/simulate.ts --seeds 1000 --from 1`. `--seed 4711` runs one again and prints its history;
 * `--bug NAME` puts one of the deliberate bugs into the stores. Of the first seed that fails it prints the shortest history
 * that it finds, and ends with status 1.
 */
import { parseArgs } from 'node:util';
import { BUGS } from '../simulation/bugs.ts';
import { told } from '../simulation/history/told.ts';
import type { Step } from '../simulation/plan.ts';
import { shrink } from '../simulation/shrink.ts';
import { simulate, type Simulated } from '../simulation/simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    bug: { type: 'string' },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const create = Object.entries(BUGS).find(([name]) => name === values.bug)?.[1];
if (values.bug !== undefined && create === undefined) {
  process.stderr.write(`There is no bug ${values.bug}. Choose one of ${Object.keys(BUGS).join(', ')}.\n`);
  process.exit(2);
}
const numberOf = (text: string, option: string): number => {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  process.stderr.write(`--${option} must be a whole number, not ${text}.\n`);
  return process.exit(2);
};

const options = (seed: number, steps?: readonly Step[]) => ({
  seed,
  ...(steps && { steps }),
  ...(create && { bug: create() }),
});

const listed = ({ violations }: Simulated): string =>
  violations.map(({ invariant, says }) => `  ${invariant}: ${says}`).join('\n');

if (values.seed !== undefined) {
  const result = await simulate(options(numberOf(values.seed, 'seed')));
  print(told(result.history));
  if (result.violations.length > 0) {
    print(`\nWhat does not hold:\n${listed(result)}`);
    process.exitCode = 1;
  }
} else {
  const first = numberOf(values.from, 'from');
  const count = numberOf(values.seeds, 'seeds');
  let acts = 0;
  let failed: number | undefined;
  for (let seed = first; seed < first + count && failed === undefined; seed += 1) {
    const result = await simulate(options(seed));
    acts += result.history.length;
    const [violation] = result.violations;
    if (violation === undefined) continue;
    failed = seed;
    print(`Seed ${seed} fails after ${result.history.length} acts:\n${listed(result)}\n`);
    const steps = await shrink(seed, violation.invariant, (fewer) => options(seed, fewer));
    const shortest = await simulate(options(seed, steps));
    print(`The shortest history that was found:\n${told(shortest.history)}\n${listed(shortest)}\n`);
    print(
      `Run it again: node scripts/simulate.ts --seed ${seed}${values.bug === undefined ? '' : ` --bug ${values.bug}`}`,
    );
    process.exitCode = 1;
  }
  if (failed === undefined) print(`${count} seeds, ${acts} acts: every invariant held.`);
}
