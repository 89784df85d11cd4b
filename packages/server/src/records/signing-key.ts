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
