import type { RateLimiter } from '../../src/index.ts';

export interface CountingLimiter extends RateLimiter {
  /** How often each key is used. */
  readonly used: ReadonlyMap<string, number>;
}

/** Counts by key and has room for as many as the limit says, forever. */
export function countingLimiter(): CountingLimiter {
  const used = new Map<string, number>();
  return {
    used,
    async consume(key, { uses, seconds }) {
      const count = (used.get(key) ?? 0) + 1;
      if (count > uses) return { allowed: false, retryAfter: seconds };
      used.set(key, count);
      return { allowed: true };
    },
    async refund(key) {
      used.set(key, (used.get(key) ?? 0) - 1);
    },
  };
}
