import { findPinning, pinProcess } from '../machine/cores.ts';
import { measureLimits } from '../limits/measure-limits.ts';
import { figure, table } from '../report/markdown.ts';
import { parseOptions, UsageError, wholeNumber } from './options.ts';

/** Prints what one core and one disk of this machine can do at most. */
export function runLimits(args: readonly string[]): void {
  const given = parseOptions(args, ['ms', 'rounds']);
  if (given.others.length > 0) throw new UsageError(`${given.others.join(' ')}: is not an option.`);
  const options = {
    ms: given.read('ms', wholeNumber(1, 60_000)) ?? 200,
    rounds: given.read('rounds', wholeNumber(1, 100)) ?? 5,
  };
  const found = findPinning({ server: 0, load: 1 });
  if (found.ok) pinProcess(process.pid, found.pinning.server);
  const rows = measureLimits(options).map(({ name, perSecond, cpu }) => [
    name,
    figure(perSecond.median),
    `${figure(perSecond.low)}–${figure(perSecond.high)}`,
    figure(1_000_000 / perSecond.median),
    figure(cpu),
  ]);
  console.log(table(['work', 'per second', 'middle half', 'µs each', 'CPU'], rows));
}
