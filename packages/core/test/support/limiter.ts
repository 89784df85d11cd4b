import type { RateLimiter } from '../../src/index.ts';

export interface CountingLimiter extends RateLimiter {
  /** How often each key was used, without mere attempts. */
  readonly used: ReadonlyMap<string, number>;
}

/** Counts by key and allows as many uses as the limit says, forever. */
export function countingLimiter(): CountingLimiter {
  const all = new Map<string, number>();
  return {
    get used() {
      return new Map([...all].filter(([key]) => !key.includes(':attempts:')));
    },
    async consume(key, { uses, seconds }) {
      const count = (all.get(key) ?? 0) + 1;
      if (count > uses) return { allowed: false, retryAfter: seconds };
      all.set(key, count);
      return { allowed: true, windowEnds: Infinity };
    },
    async refund(key) {
      all.set(key, (all.get(key) ?? 0) - 1);
    },
  };
}
