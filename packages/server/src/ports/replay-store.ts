import type { Instant } from '@vestibule/core';

/**
 * Stores the ids of proofs of possession and client assertions, which can be used once, and of sealed clients, which can be
 * stored once. Every method is atomic; none reads a
 * clock. Keys are hashes.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11.1 RFC 9449 §11.1}
 */
export interface ReplayStore {
  /**
   * Stores a key until `expiresAt`. Of concurrent calls exactly one returns `first`; the others return `repeated`, until a
   * sweep deletes the key.
   */
  note(realm: string, key: string, expiresAt: Instant): Promise<'first' | 'repeated'>;
  /** Whether the realm has stored this key, expired or not. */
  has(realm: string, key: string): Promise<boolean>;
}
