import type { Instant } from '@vestibule/core';
import type { JWK } from 'jose';

/** A key pair that a realm signs tokens with. */
export interface SigningKey {
  readonly realm: string;
  /** The RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  /** Both halves. Never leaves the server. */
  readonly privateJwk: JWK;
  readonly createdAt: Instant;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.4 RFC 7518 §3.4} */
export type SigningAlgorithm = 'ES256';

/** Keeps signing keys, in the order in which they succeed each other. Every method is atomic. */
export interface KeyStore {
  /** The realm's keys, newest first. */
  list(realm: string): Promise<readonly SigningKey[]>;
  /**
   * Adds a key as the successor of the one that is the newest, or as the first (`undefined`). `stale` where another
   * one is the newest by now: of many processes at once exactly one adds its own.
   */
  insert(key: SigningKey, after: string | undefined): Promise<'inserted' | 'stale'>;
}
