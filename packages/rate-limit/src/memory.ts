import type { RateLimiter, Sweeper } from '@vestibule/core';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { adaptLimiter, type LimiterShape } from './adapt.ts';

export interface MemoryRateLimiterOptions {
  /**
   * The largest number of keys that each limit counts. An additional key replaces the one whose window began first, which is
   * then counted from zero. For keys from requests, whose number is unbounded. @default Infinity
   */
  readonly maxKeys?: number;
}

/**
 * Counts in this process only: for tests, and for counts that may be lost at a restart. A count is deleted when its window ends, so
 * `sweep` finds none.
 */
export const createMemoryRateLimiter = ({ maxKeys = Infinity }: MemoryRateLimiterOptions = {}): RateLimiter &
  Sweeper => ({
  ...adaptLimiter((shape) =>
    maxKeys === Infinity ? new RateLimiterMemory(shape) : new BoundedRateLimiter(shape, maxKeys),
  ),
  sweep: async () => 0,
});

class BoundedRateLimiter extends RateLimiterMemory {
  readonly #maxKeys: number;
  /** In the order in which their windows began. */
  readonly #keys = new Set<string | number>();

  constructor(shape: LimiterShape, maxKeys: number) {
    super(shape);
    this.#maxKeys = maxKeys;
  }

  override async consume(key: string | number): Promise<RateLimiterRes> {
    if ((await this.get(key)) === null) await this.#begin(key);
    return super.consume(key);
  }

  async #begin(key: string | number): Promise<void> {
    this.#keys.delete(key);
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (this.#keys.size <= this.#maxKeys || oldest === undefined) return;
    this.#keys.delete(oldest);
    await this.delete(oldest);
  }
}
