import type { Instant } from '@vestibule/core';

/**
 * Keeps what may be used once: authorization codes. Every method is atomic; none reads a clock.
 * Keys are hashes, never the codes themselves.
 */
export interface OneTimeStore<T> {
  /**
   * Keeps a value. Never overwrites: where the key is kept, taken or expired, the answer is `exists` and nothing
   * changes. It is free again when it has been swept.
   */
  put(realm: string, key: string, value: T, expiresAt: Instant): Promise<'stored' | 'exists'>;
  /** The value, if it could be taken at `now`. Changes nothing. */
  find(realm: string, key: string, now: Instant): Promise<T | undefined>;
  /**
   * Gives the value out, once, ever, however many ask at once. `undefined` when it was taken, when it has
   * expired (`now` is at or past its `expiresAt`), and when there is none.
   */
  take(realm: string, key: string, now: Instant): Promise<T | undefined>;
}
