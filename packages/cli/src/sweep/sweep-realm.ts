import { createClientSweeper, type Clock, forgettableUntil, type SweptClients } from '@vestibule/core';
import type { Database } from '@vestibule/database';
import { randomToken } from '@vestibule/http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../output/progress.ts';
import { count } from '../output/count.ts';

/** The result of sweeping the clients of one realm. */
export type SweptRealm = { readonly realm: string } & (
  | ({ readonly outcome: 'swept' } & SweptClients)
  /** Another process holds the lease. */
  | { readonly outcome: 'busy' }
);

/** The result of a sweep. */
export interface Swept {
  readonly realms: readonly SweptRealm[];
  /** The number of deleted rows: expired codes, tokens, sessions, events and other data. */
  readonly expired: number;
  /** The number of deleted rate limit counters whose window was over. */
  readonly limits: number;
}

export interface SweepWork {
  readonly database: Pick<Database, 'stores' | 'limiter'>;
  /** Ids of the realms whose clients are swept. */
  readonly realms: readonly string[];
  /** The number of items of a kind to process at a time. */
  readonly batch: number;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** The pause between two steps, in milliseconds, so that other work on the database proceeds. */
const PAUSE = 20;

/** Hibernates and removes clients that are due and deletes expired data, in steps until nothing is left. */
export async function sweepAll({ database, realms, batch, clock, progress }: SweepWork): Promise<Swept> {
  const { stores, limiter } = database;
  const clients = createClientSweeper({ ...stores, clock, holder: randomToken() });

  async function sweepClients(realm: string): Promise<SweptRealm> {
    const total: Record<keyof SweptClients, number> = { ...NOTHING };
    for (;;) {
      const step = await clients.sweep(realm, batch);
      if (step.outcome === 'busy') return { realm, outcome: 'busy' };
      const swept = step.outcome === 'swept' ? step : NOTHING;
      if (numberOf(swept) === 0) return { realm, outcome: 'swept', ...total };
      for (const kind of KINDS) total[kind] += swept[kind];
      const done = numberOf(total);
      progress.say(`${realm}: ${count(done, 'client')}`);
      await pause(PAUSE);
    }
  }

  async function sweepRows(what: string, sweep: () => Promise<number>): Promise<number> {
    let total = 0;
    for (;;) {
      const number = await sweep();
      if (number === 0) return total;
      total += number;
      progress.say(`${what}: ${count(total, 'row')}`);
      await pause(PAUSE);
    }
  }

  const swept: SweptRealm[] = [];
  for (const realm of realms) swept.push(await sweepClients(realm));
  return {
    realms: swept,
    expired: await sweepRows('expired data', () => stores.sweep(forgettableUntil(clock()), batch)),
    limits: await sweepRows('rate limits', () => limiter.sweep(clock(), batch)),
  };
}

/** The result for a realm that no longer exists. */
const NOTHING = {
  unused: 0,
  hibernated: 0,
  asleep: 0,
  forgotten: 0,
  documents: 0,
} as const satisfies SweptClients;

const KINDS = [
  'unused',
  'hibernated',
  'asleep',
  'forgotten',
  'documents',
] as const satisfies readonly (keyof SweptClients)[];

const numberOf = (swept: SweptClients): number => KINDS.reduce((sum, kind) => sum + swept[kind], 0);
