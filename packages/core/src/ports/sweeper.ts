import type { Instant } from '../time.ts';

/** Deletes what has expired: each thing when it expires, and what belongs to it along with it. */
export interface Sweeper {
  /**
   * Deletes at most `limit` rows of each kind and says how many rows went. To be called again while it returns
   * something, with a pause between: each call holds up writers only briefly.
   */
  sweep(now: Instant, limit: number): Promise<number>;
}
