import type { Instant, SigningAlgorithm } from '@vestibule/core';
import type { JWK } from 'jose';

/** A key pair that a realm signs tokens with. */
export interface SigningKey {
  readonly realm: string;
  /** The RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicJwk: JWK;
  readonly privateKey: PrivateKey;
  readonly createdAt: Instant;
  /** It is published before, and signs from then on until a newer one does. */
  readonly signsFrom: Instant;
}

/** The private half. Never leaves the server. */
export type PrivateKey =
  | { readonly kind: 'plain'; readonly jwk: JWK }
  /**
   * Encrypted at rest: a JWE of the JWK, under a key that is kept elsewhere.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7516 RFC 7516}
   */
  | { readonly kind: 'encrypted'; readonly jwe: string };

/** Keeps signing keys, in the order in which they succeed each other. Every method is atomic. */
export interface KeyStore {
  /** The realm's keys, newest first. */
  list(realm: string): Promise<readonly SigningKey[]>;
  /**
   * Adds a key as the successor of the one that is the newest, or as the first (`undefined`). `stale` where another
   * one is the newest by now: of many processes at once exactly one adds its own.
   */
  insert(key: SigningKey, after: string | undefined): Promise<'inserted' | 'stale'>;
  /** Puts another private half in the place of the one that is kept: the same key, encrypted anew. */
  replacePrivateKey(realm: string, kid: string, privateKey: PrivateKey): Promise<'replaced' | 'missing'>;
  /** Deletes a key that is not the newest. */
  remove(realm: string, kid: string): Promise<'removed' | 'newest' | 'missing'>;
}
