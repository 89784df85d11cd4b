import type { RateLimiter } from '@vestibule/core';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { adaptLimiter } from './adapt.ts';

/** Counts in this process alone: for tests, and for one process that may forget its counts when it stops. */
export const createMemoryRateLimiter = (): RateLimiter =>
  adaptLimiter((shape) => new RateLimiterMemory(shape));
