import type { Instant } from '@vestibule/core';

/**
 * Remembers what may be shown once: ids of proofs of possession and of client assertions. Every method is atomic; none
 * reads a clock. Keys are hashes.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11.1 RFC 9449 §11.1}
 */
export interface ReplayStore {
  /**
   * Notes a key until `expiresAt`. Of many at once exactly one is the `first`; the others are `repeated`, until the key has
   * been swept.
   */
  note(realm: string, key: string, expiresAt: Instant): Promise<'first' | 'repeated'>;
}
