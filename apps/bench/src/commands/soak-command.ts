import { figure, table } from '../report/markdown.ts';
import { createServers } from '../run/servers.ts';
import { measureSoak } from '../soak/measure-soak.ts';
import { growthIn, type Period } from '../soak/steadiness.ts';
import { VESTIBULE } from '../targets/vestibule.ts';
import { parseOptions, UsageError, wholeNumber } from './options.ts';

const PERIODS = 12;
const CONNECTIONS = 16;

/** Runs whole flows for a long time, prints what the server uses, and fails if it grows. */
export async function runSoak(args: readonly string[]): Promise<void> {
  const given = parseOptions(args, ['minutes', 'connections']);
  if (given.others.length > 0) throw new UsageError(`${given.others.join(' ')}: is not an option.`);
  const minutes = given.read('minutes', wholeNumber(1, 10_000)) ?? 60;
  const connections = given.read('connections', wholeNumber(1, 1_000)) ?? CONNECTIONS;
  const servers = createServers({ core: undefined });
  try {
    const periods = await measureSoak({
      target: VESTIBULE,
      servers,
      connections,
      periods: PERIODS,
      ms: (minutes * 60_000) / PERIODS,
      onPeriod: ({ flows, memoryMiB }, number) =>
        console.error(`${number} of ${PERIODS}: ${flows} flows, ${figure(memoryMiB)} MiB`),
    });
    console.log(
      table(
        ['period', 'flows', 'errors', 'p50 ms', 'p99 ms', 'memory MiB', 'handles'],
        periods.map((period, index) => rowOf(period, index + 1)),
      ),
    );
    const growth = growthIn(periods);
    if (growth.length > 0) throw new Error(growth.join(' '));
  } finally {
    await servers.stopAll();
  }
}

const rowOf = (
  { flows, errors, p50, p99, memoryMiB, handles }: Period,
  number: number,
): readonly string[] => [
  String(number),
  String(flows),
  String(errors),
  figure(p50),
  figure(p99),
  figure(memoryMiB),
  String(handles),
];
