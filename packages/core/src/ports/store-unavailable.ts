import type { Seconds } from '../time.ts';

/**
 * What a store throws when it cannot be reached or cannot write just now: an outage and no bug. Whether a write that
 * was under way happened is not known; whoever asked is answered 503 and may try again. Known by its `code` alone, so
 * that a store needs nothing of ours to throw one.
 */
export interface StoreUnavailable extends Error {
  readonly code: 'STORE_UNAVAILABLE';
  /** When trying again makes sense. @default 1 */
  readonly retryAfter?: Seconds;
}

export const isStoreUnavailable = (error: unknown): error is StoreUnavailable =>
  error instanceof Error && 'code' in error && error.code === 'STORE_UNAVAILABLE';
