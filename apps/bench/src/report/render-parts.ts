import { median } from '../load/latencies.ts';
import type { Growth, Results } from '../run/results.ts';
import { REFERENCE } from '../targets/ceilings.ts';
import type { CoreSpeed } from './core-speed.ts';
import { figure, ratio, table } from './markdown.ts';
import { ratiosToReference, spreadOf } from './ratios.ts';

/** Starts, and their ratio to the reference's start of the same round. */
export function renderColdStarts({ coldStarts }: Results): string {
  if (coldStarts.length === 0) return '';
  const references = coldStarts.filter(({ target }) => target === REFERENCE);
  const rows = [...new Set(coldStarts.map(({ target }) => target))].map((name) => {
    const starts = coldStarts.filter(({ target }) => target === name);
    const ratios = starts.flatMap(({ round, ms }) => {
      const reference = references.find((one) => one.round === round);
      return reference === undefined ? [] : [ms / reference.ms];
    });
    const memory = starts.map(({ memoryMiB }) => memoryMiB).filter((one) => one !== undefined);
    return [
      name,
      figure(median(starts.map(({ ms }) => ms))),
      ratio(spreadOf(ratios)),
      figure(median(memory)),
      String(starts.length),
    ];
  });
  const head = ['target', 'ms', 'ratio', 'memory MiB', 'starts'];
  return `### Cold start\n\nFrom the start of the process to the first metadata, with empty data.\n\n${table(head, rows)}`;
}

/** Registration and flow at each number of clients, as a share of what they were with the fewest. */
export function renderGrowth({ growth }: Results, speed: CoreSpeed): string {
  if (growth.length === 0) return '';
  const rows = growth.map((row) => {
    const first = growth.find(({ target }) => target === row.target) ?? row;
    return [
      row.target,
      row.clients.toLocaleString('en-US'),
      figure(row.memoryMiB),
      figure(row.diskMiB),
      ...['register', 'flow'].flatMap((operation) => {
        const now = ratioOf(row, operation, speed);
        const before = ratioOf(first, operation, speed);
        return [
          ratio(now),
          figure(now === undefined || before === undefined ? undefined : now.median / before.median),
        ];
      }),
    ];
  });
  const head = ['target', 'clients', 'memory MiB', 'disk MiB', 'register', 'of first', 'flow', 'of first'];
  return `### Growth\n\n${table(head, rows)}`;
}

function ratioOf({ target, slices }: Growth, operation: string, speed: CoreSpeed) {
  const connections = slices[0]?.connections ?? 0;
  return spreadOf(ratiosToReference(slices, { target, operation, connections }, speed));
}

/** The target that one durable registration is compared with. */
const ONE_INSERT = 'bare-http-insert';

/** Latencies of registrations without any other load, and their ratio to one durable insert in the same round. */
export function renderAlone({ slices, targets }: Results): string {
  const alone = slices.filter(({ operation, connections }) => operation === 'register' && connections === 1);
  const inserts = alone.filter(({ target }) => target === ONE_INSERT);
  if (inserts.length === 0) return '';
  const rows = targets.flatMap(({ name }) => {
    const own = alone.filter(({ target }) => target === name);
    const ratios = own.flatMap(({ round, p50 }) => {
      const insert = inserts.find((one) => one.round === round);
      return insert === undefined || insert.p50 === 0 ? [] : [p50 / insert.p50];
    });
    return own.length === 0
      ? []
      : [[name, figure(median(own.map(({ p50 }) => p50))), ratio(spreadOf(ratios))]];
  });
  const head = ['target', 'p50 ms', `of ${ONE_INSERT}`];
  return `### One registration alone\n\n${table(head, rows)}`;
}
