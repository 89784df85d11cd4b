import type { Instant } from '@vestibule/core';

/**
 * Stores values that can be consumed once, such as authorization codes. Every method is atomic; none reads a clock. Keys are
 * hashes, never the codes.
 */
export interface OneTimeStore<T> {
  /**
   * Stores a value. Never overwrites: if the key exists, is consumed or has expired, returns `exists` and changes nothing. A
   * sweep makes the key available again.
   */
  put(realm: string, key: string, value: T, expiresAt: Instant): Promise<'stored' | 'exists'>;
  /** The value, if it could be consumed at `now`. Changes nothing. */
  find(realm: string, key: string, now: Instant): Promise<T | undefined>;
  /**
   * Returns the value exactly once, for any number of concurrent calls. `undefined` if it was consumed, has expired (`now`
   * is at or past its `expiresAt`) or is unknown.
   */
  take(realm: string, key: string, now: Instant): Promise<T | undefined>;
}
