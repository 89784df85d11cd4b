import { createClientSweeper, type Clock, forgettableUntil, type SweptClients } from '@vestibule/core';
import { randomToken } from '@vestibule/http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import type { Progress } from '../output/progress.ts';
import { count } from '../output/count.ts';

/** What became of the clients of one realm. */
export type SweptRealm = { readonly realm: string } & (
  | ({ readonly outcome: 'swept' } & SweptClients)
  /** Another process is at it. */
  | { readonly outcome: 'busy' }
);

/** What a sweep came to. */
export interface Swept {
  readonly realms: readonly SweptRealm[];
  /** Codes, tokens, sessions, events and whatever else had expired. */
  readonly expired: number;
  /** Counts of limits whose time was over. */
  readonly limits: number;
}

export interface SweepWork {
  readonly database: Pick<Database, 'stores' | 'limiter'>;
  /** Ids of the realms whose clients are swept. */
  readonly realms: readonly string[];
  /** How many things of a kind are seen to at once. */
  readonly batch: number;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** Between two steps, in milliseconds, so that others come through. */
const BREATH = 20;

/** Sees to all whose time is over, step by step until nothing is left. */
export async function sweepAll({ database, realms, batch, clock, progress }: SweepWork): Promise<Swept> {
  const { stores, limiter } = database;
  const clients = createClientSweeper({ ...stores, clock, holder: randomToken() });

  async function sweepClients(realm: string): Promise<SweptRealm> {
    const total = { unused: 0, hibernated: 0, asleep: 0, forgotten: 0 };
    for (;;) {
      const step = await clients.sweep(realm, batch);
      if (step.outcome === 'busy') return { realm, outcome: 'busy' };
      const { unused, hibernated, asleep, forgotten } = step.outcome === 'swept' ? step : NOTHING;
      total.unused += unused;
      total.hibernated += hibernated;
      total.asleep += asleep;
      total.forgotten += forgotten;
      if (unused + hibernated + asleep + forgotten === 0) return { realm, outcome: 'swept', ...total };
      const done = total.unused + total.hibernated + total.asleep + total.forgotten;
      progress.say(`${realm}: ${count(done, 'client')}`);
      await pause(BREATH);
    }
  }

  async function sweepRows(what: string, sweep: () => Promise<number>): Promise<number> {
    let total = 0;
    for (;;) {
      const number = await sweep();
      if (number === 0) return total;
      total += number;
      progress.say(`${what}: ${count(total, 'row')}`);
      await pause(BREATH);
    }
  }

  const swept: SweptRealm[] = [];
  for (const realm of realms) swept.push(await sweepClients(realm));
  return {
    realms: swept,
    expired: await sweepRows('what had expired', () => stores.sweep(forgettableUntil(clock()), batch)),
    limits: await sweepRows('limits', () => limiter.sweep(clock(), batch)),
  };
}

/** Of a realm that has just gone. */
const NOTHING: SweptClients = { unused: 0, hibernated: 0, asleep: 0, forgotten: 0 };
