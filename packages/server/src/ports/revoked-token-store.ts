import type { Instant } from '@vestibule/core';

/**
 * Keeps the ids (`jti`) of access tokens that were revoked one by one, until they would have expired anyway and a sweep
 * deletes them. Every method is atomic; none reads a clock.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 */
export interface RevokedTokenStore {
  /** Adds a token. Doing it again changes nothing, and is `known`. */
  add(realm: string, tokenId: string, expiresAt: Instant): Promise<'added' | 'known'>;
  has(realm: string, tokenId: string): Promise<boolean>;
  /**
   * Ids of the tokens of a realm that were revoked and expire after `now`.
   *
   * @param limit how many are returned at most @default all of them
   */
  list(realm: string, now: Instant, limit?: number): Promise<readonly string[]>;
}
