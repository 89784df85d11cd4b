import {
  type ClientSweeper,
  type Clock,
  forgettableUntil,
  type Milliseconds,
  type Sweeper,
} from '@vestibule/core';
import type { BoundedAuditLog } from '@vestibule/core/audit';
import { setTimeout as pause } from 'node:timers/promises';

export interface SweepingOptions {
  /** Returns what to sweep; called at each round, so that a realm that was added is swept too. */
  readonly sweepers: () => Promise<readonly Sweeper[]>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** From the end of one round to the next. @default 60000 */
  readonly interval?: Milliseconds;
}

const INTERVAL: Milliseconds = 60_000;
/** The pause between two steps of a round, in milliseconds, so that requests proceed. */
const PAUSE = 50;
const STEP = 500;
/** The number of clients in a step; each takes several writes. */
const CLIENTS = 50;

/**
 * Deletes expired data in small steps for as long as the process runs. Several processes may do so concurrently: a step is one
 * short statement for each table, and skips rows that another process is deleting. A step that fails, for example because the
 * database is busy or full, is reported and repeated in the next round.
 *
 * @returns a function that ends it
 */
export function keepSwept({ sweepers, clock, onError, interval = INTERVAL }: SweepingOptions): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const wait = (milliseconds: number): Promise<void> =>
    pause(milliseconds, undefined, { signal, ref: false });

  async function round(sweeper: Sweeper): Promise<void> {
    try {
      while ((await sweeper.sweep(clock(), STEP)) > 0) await wait(PAUSE);
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
  }

  async function current(): Promise<readonly Sweeper[]> {
    try {
      return await sweepers();
    } catch (error) {
      onError(error);
      return [];
    }
  }

  async function forever(): Promise<void> {
    while (!signal.aborted) {
      for (const sweeper of await current()) await round(sweeper);
      await wait(interval).catch(() => undefined);
    }
  }

  void forever();
  return () => ending.abort();
}

/** Sweeps stores. Expired records are kept for as long as an API may still need to learn that a token was revoked. */
export const storeSweeper = (stores: Sweeper): Sweeper => ({
  sweep: (now, limit) => stores.sweep(forgettableUntil(now), limit),
});

/** Sweeps the clients of a realm. Does nothing while another process sweeps them. */
export const clientSweeper = (clients: ClientSweeper, realm: string): Sweeper => ({
  sweep: async () => {
    const swept = await clients.sweep(realm, CLIENTS);
    if (swept.outcome !== 'swept') return 0;
    return swept.unused + swept.hibernated + swept.asleep + swept.forgotten + swept.documents;
  },
});

/** Records how many audit events were omitted, at most once an hour for each realm. */
export const omissionRecorder = (audit: BoundedAuditLog): Sweeper => ({
  sweep: async (now) => {
    await audit.recordOmittedHourly(now);
    return 0;
  },
});
