import type { Instant, Seconds } from '../time.ts';

/** So many uses in so much time. */
export interface Limit {
  readonly uses: number;
  readonly seconds: Seconds;
}

export type RateLimitVerdict =
  /** The use is counted until then, and can be refunded as long. */
  | { readonly allowed: true; readonly windowEnds: Instant }
  | { readonly allowed: false; readonly retryAfter: Seconds };

/** Counts uses of keys. Counting is atomic: of many at once, exactly as many as are left are allowed. */
export interface RateLimiter {
  /** Uses a key once, if the limit has room. */
  consume(key: string, limit: Limit): Promise<RateLimitVerdict>;
  /**
   * Refunds one use that came to nothing. It must not change a later window than the one that counted the use: there it
   * would be a credit.
   *
   * @param windowEnds as `consume` returned it
   */
  refund(key: string, limit: Limit, windowEnds: Instant): Promise<void>;
}
