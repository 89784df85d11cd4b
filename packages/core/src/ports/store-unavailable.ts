import type { Seconds } from '../time.ts';

/**
 * Thrown by a store that cannot be reached or cannot write at the moment: an outage, not a bug. It is unknown whether a
 * write in progress happened; the response is 503, and the client can retry. Recognized by its `code` only, so that a store
 * can throw one without importing this package.
 */
export interface StoreUnavailable extends Error {
  readonly code: 'STORE_UNAVAILABLE';
  /** When a retry makes sense, in seconds. @default 1 */
  readonly retryAfter?: Seconds;
}

/** Whether an error means that the database cannot be reached at the moment. */
export const isStoreUnavailable = (error: unknown): error is StoreUnavailable =>
  error instanceof Error && 'code' in error && error.code === 'STORE_UNAVAILABLE';
