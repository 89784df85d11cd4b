import type { Instant } from '../time.ts';

/** Deletes what has expired: each thing when it expires, and what belongs to it along with it. */
export interface Sweeper {
  /**
   * Deletes at most `limit` rows of each kind and says how many rows went. To be called again while it returns
   * something, with a pause between: each call holds up writers only briefly.
   *
   * @param now what expired at this moment or before goes. For stores pass `forgettableUntil` of the clock: an API whose
   * clock is behind accepts an access token a little longer, and has to learn that it was revoked.
   */
  sweep(now: Instant, limit: number): Promise<number>;
}
