import type { Instant } from '../time.ts';

/** Deletes expired rows, together with the rows that belong to them. */
export interface Sweeper {
  /**
   * Deletes at most `limit` rows of each kind and returns how many. Call it again while the result is not 0, with a pause in
   * between: each call blocks writers only briefly.
   *
   * @param now rows that expired at this time or before are deleted. For stores pass `forgettableUntil` of the clock: an API
   * whose clock is behind accepts an access token a little longer, and has to learn that it was revoked.
   */
  sweep(now: Instant, limit: number): Promise<number>;
}
