import type { Seconds } from '../time.ts';

/** So many uses in so much time. */
export interface Limit {
  readonly uses: number;
  readonly seconds: Seconds;
}

export type RateLimitVerdict =
  { readonly allowed: true } | { readonly allowed: false; readonly retryAfter: Seconds };

/** Counts uses of keys. Counting is atomic: of many at once, exactly as many as are left are allowed. */
export interface RateLimiter {
  /** Uses a key once, if the limit has room. */
  consume(key: string, limit: Limit): Promise<RateLimitVerdict>;
  /** Gives one use back that came to nothing. */
  refund(key: string, limit: Limit): Promise<void>;
}
