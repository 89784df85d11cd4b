import type { Instant } from '@vestibule/core';
import type { SigningAlgorithm } from '@vestibule/core/realm';
import type { JWK } from 'jose';

/** A key pair with which a realm signs tokens. */
export interface SigningKey {
  readonly realm: string;
  /** The RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicJwk: JWK;
  readonly privateKey: PrivateKey;
  readonly createdAt: Instant;
  /** It is published before this time, and signs from then on until a newer key does. */
  readonly signsFrom: Instant;
}

/**
 * The private key. Never leaves the server.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7516 RFC 7516} of an encrypted one
 */
export type PrivateKey =
  | { readonly kind: 'plain'; readonly jwk: JWK }
  /** Encrypted at rest: a JWE of the JWK, under a key that is stored elsewhere. */
  | { readonly kind: 'encrypted'; readonly jwe: string };
