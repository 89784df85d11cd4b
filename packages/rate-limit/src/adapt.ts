import type { Limit, RateLimiter } from '@vestibule/core';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** What a limiter of rate-limiter-flexible is made with, for one kind of limit. */
export interface LimiterShape {
  readonly points: number;
  /** In seconds. */
  readonly duration: number;
  readonly keyPrefix: string;
}

/**
 * A refund so shortly before the end of its window, in milliseconds, is left out: it might arrive after the end, and open
 * the next window with a credit.
 */
const LAST_MOMENT = 1_000;

/**
 * The rate limiter port on rate-limiter-flexible, which makes a limiter for each number of uses and length of
 * time. Windows are fixed: a key's first use opens one.
 */
export function adaptLimiter(make: (shape: LimiterShape) => RateLimiterAbstract): RateLimiter {
  const limiters = new Map<string, RateLimiterAbstract>();

  function limiterFor({ uses, seconds }: Limit): RateLimiterAbstract {
    const kind = `${uses}/${seconds}`;
    const limiter = limiters.get(kind) ?? make({ points: uses, duration: seconds, keyPrefix: '' });
    limiters.set(kind, limiter);
    return limiter;
  }

  return {
    async consume(key, limit) {
      // From before the use is counted, so that the window is never taken to end later than it does.
      const now = Date.now();
      try {
        const { msBeforeNext } = await limiterFor(limit).consume(key);
        return { allowed: true, windowEnds: now + msBeforeNext };
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        return { allowed: false, retryAfter: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) };
      }
    },
    async refund(key, limit, windowEnds) {
      if (Date.now() + LAST_MOMENT < windowEnds) await limiterFor(limit).reward(key);
    },
  };
}
