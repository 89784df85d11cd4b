import type { Elsewhere, OpenedStore } from '../harness/harness.ts';
import { type OtherProcess, startProcess } from '../process/other-process.ts';
import { type Call, performAtOnce } from './call.ts';

/** Where concurrent calls are made. */
export interface Venue {
  /** Makes concurrent calls and returns their results in the order of the calls. */
  readonly run: (calls: readonly Call[]) => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
}

/** One connection. */
export const here = async ({ stores }: OpenedStore): Promise<Venue> => ({
  run: (calls) => performAtOnce(calls.map((made) => [stores, made])),
  close: async () => {},
});

/** Two connections that take turns. */
export async function overTwoConnections({ stores, connect }: OpenedStore): Promise<Venue> {
  if (connect === undefined) throw new Error('The store offers no second connection.');
  const other = await connect();
  return {
    run: (calls) => performAtOnce(calls.map((made, i) => [i % 2 === 0 ? stores : other.stores, made])),
    close: () => other.close(),
  };
}

/** Two processes that take turns, both ready when the calls begin. */
export async function inTwoProcesses({ elsewhere }: OpenedStore): Promise<Venue> {
  if (elsewhere === undefined) throw new Error('The store offers no way to it from another process.');
  const [even, odd] = await startTwo(elsewhere);
  return {
    run: async (calls) => {
      const [evens, odds] = await Promise.all([
        even.run(calls.filter((_, i) => i % 2 === 0)),
        odd.run(calls.filter((_, i) => i % 2 === 1)),
      ]);
      return calls.map((_, i) => (i % 2 === 0 ? evens : odds)[Math.floor(i / 2)]);
    },
    close: async () => {
      await Promise.all([even.stop(), odd.stop()]);
    },
  };
}

/** Two processes, or none: if one does not start, the other is stopped. */
async function startTwo(elsewhere: Elsewhere): Promise<readonly [OtherProcess, OtherProcess]> {
  const [first, second] = await Promise.allSettled([startProcess(elsewhere), startProcess(elsewhere)]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  if (first.status === 'fulfilled') await first.value.stop();
  if (second.status === 'fulfilled') await second.value.stop();
  throw [first, second].find((started) => started.status === 'rejected')?.reason;
}
