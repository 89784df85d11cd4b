import {
  type BoundedAuditLog,
  type ClientSweeper,
  type Clock,
  forgettableUntil,
  type Sweeper,
} from '@vestibule/core';
import { setTimeout as pause } from 'node:timers/promises';

export interface SweepingOptions {
  readonly sweepers: readonly Sweeper[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** From the end of one round to the next, in milliseconds. */
const INTERVAL = 60_000;
/** Between two steps of a round, so that requests come through. */
const BREATH = 50;
const STEP = 500;
/** Clients in a step: each is a few writes. */
const CLIENTS = 50;

/**
 * Deletes what has expired, in small steps, for as long as the process runs. Of many processes all may be at it: a step is
 * one short statement for each table, and passes over what another deletes already. A step that fails, because the database
 * is busy or full, is reported and tried again in the next round.
 *
 * @returns a function that ends it
 */
export function keepSwept({ sweepers, clock, onError }: SweepingOptions): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const wait = (milliseconds: number): Promise<void> =>
    pause(milliseconds, undefined, { signal, ref: false });

  async function round(sweeper: Sweeper): Promise<void> {
    try {
      while ((await sweeper.sweep(clock(), STEP)) > 0) await wait(BREATH);
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
  }

  async function forever(): Promise<void> {
    while (!signal.aborted) {
      for (const sweeper of sweepers) await round(sweeper);
      await wait(INTERVAL).catch(() => undefined);
    }
  }

  void forever();
  return () => ending.abort();
}

/** The sweeping of stores: what has expired is kept for as long as an API may have to learn that it was revoked. */
export const storeSweeper = (stores: Sweeper): Sweeper => ({
  sweep: (now, limit) => stores.sweep(forgettableUntil(now), limit),
});

/** The sweeping of a realm's clients, as sweepers are asked. While another process is at it there is nothing to do. */
export const clientSweeper = (clients: ClientSweeper, realm: string): Sweeper => ({
  sweep: async () => {
    const swept = await clients.sweep(realm, CLIENTS);
    if (swept.outcome !== 'swept') return 0;
    return swept.unused + swept.hibernated + swept.asleep + swept.forgotten;
  },
});

/** Records what was left out of the audit, at most once an hour for each realm. */
export const omissionRecorder = (audit: BoundedAuditLog): Sweeper => ({
  sweep: async (now) => {
    await audit.recordOmittedHourly(now);
    return 0;
  },
});
