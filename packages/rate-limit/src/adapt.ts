import type { Limit, RateLimiter } from '@vestibule/core';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** The options of a limiter of rate-limiter-flexible, for one kind of limit. */
export interface LimiterShape {
  readonly points: number;
  /** In seconds. */
  readonly duration: number;
  readonly keyPrefix: string;
}

/**
 * In milliseconds. A refund that close to the end of its window is skipped: if it arrived after the end, it would open the
 * next window with a credit.
 */
const LAST_MOMENT = 1_000;

/**
 * The rate limiter port on rate-limiter-flexible, with one limiter for each number of uses and duration. Windows are fixed:
 * the first use of a key opens one.
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
      // Read before the use is counted, so that the computed end of the window is never too late.
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
