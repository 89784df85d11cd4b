import type { Instant, Seconds } from '../time.ts';

/** A number of uses in a period. */
export interface Limit {
  readonly uses: number;
  readonly seconds: Seconds;
}

/** Whether a use is within its limit. */
export type RateLimitVerdict =
  /** The use counts until then, and can be refunded until then. */
  | { readonly allowed: true; readonly windowEnds: Instant }
  | { readonly allowed: false; readonly retryAfter: Seconds };

/** Counts uses of keys. Counting is atomic: of concurrent calls exactly as many are allowed as uses are left. */
export interface RateLimiter {
  /** Uses a key once, if the limit allows it. */
  consume(key: string, limit: Limit): Promise<RateLimitVerdict>;
  /**
   * Refunds one use without a result. It must only change the window that counted the use: in a later one it would be a
   * credit.
   *
   * @param windowEnds as `consume` returned it
   */
  refund(key: string, limit: Limit, windowEnds: Instant): Promise<void>;
}
