import type { Instant } from '@vestibule/core';

/**
 * Stores the ids (`jti`) of individually revoked access tokens, until the tokens would have expired and a sweep deletes
 * them. Every method is atomic; none reads a clock.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 */
export interface RevokedTokenStore {
  /** Adds a token. Idempotent; a repetition returns `known`. */
  add(realm: string, tokenId: string, expiresAt: Instant): Promise<'added' | 'known'>;
  has(realm: string, tokenId: string): Promise<boolean>;
  /**
   * The ids of the revoked tokens of a realm that expire after `now`.
   *
   * @param limit the largest number of results @default all of them
   */
  list(realm: string, now: Instant, limit?: number): Promise<readonly string[]>;
}
