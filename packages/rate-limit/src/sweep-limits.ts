import type { Instant, Sweeper } from '@vestibule/core';

/** The statements that a sweep consists of. */
export interface SweptTable {
  /** The last key of the next rows after a key. `undefined`: there are no more. */
  readonly lastOfNext: (after: string, rows: number) => Promise<string | undefined>;
  /** Deletes what is over of the keys after one, up to another one. Returns how many. */
  readonly deleteExpired: (after: string, last: string, now: Instant) => Promise<number>;
}

/** How many rows a statement reads: about half a millisecond. */
const ROWS = 1_000;

/**
 * Deletes what is over. The table has no index of times, which every use would have to keep: it is read in the order of its keys,
 * from where the last call ended.
 */
export function createSweep({ lastOfNext, deleteExpired }: SweptTable): Sweeper['sweep'] {
  let after = '';
  return async (now, limit) => {
    for (;;) {
      const last = await lastOfNext(after, Math.min(limit, ROWS));
      if (last === undefined) {
        after = '';
        return 0;
      }
      const deleted = await deleteExpired(after, last, now);
      after = last;
      if (deleted > 0) return deleted;
    }
  };
}

/** The member `last` of a row, if it has a key. */
export const lastOf = (row: unknown): string | undefined =>
  typeof row === 'object' && row !== null && 'last' in row && typeof row.last === 'string'
    ? row.last
    : undefined;
