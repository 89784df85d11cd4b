import { type Instant, type Seconds, toEpochSeconds } from '@vestibule/core';
import { hash } from 'node:crypto';
import type { Signer } from '../key/signer.ts';
import type { Authentication } from '../records/authentication.ts';
import type { PersonClaims } from './userinfo-claims.ts';

export interface IdTokenClaims {
  readonly issuer: string;
  readonly clientId: string;
  readonly person: PersonClaims;
  readonly authentication: Authentication;
  /** The `nonce` of the authorization request. */
  readonly nonce?: string;
  /** The access token that it is issued with. */
  readonly accessToken: string;
  readonly issuedAt: Instant;
  readonly lifetime: Seconds;
}

/**
 * An ID token, which tells a client who signed in, when and how.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken OIDC Core §2}
 */
export function signIdToken(signer: Signer, claims: IdTokenClaims): Promise<string> {
  const { issuer, clientId, person, authentication, nonce, accessToken, issuedAt, lifetime } = claims;
  const { sub, ...known } = person;
  const iat = toEpochSeconds(issuedAt);
  const token = {
    ...known,
    auth_time: toEpochSeconds(authentication.at),
    ...(authentication.methods.length > 0 && { amr: authentication.methods }),
    ...(nonce !== undefined && { nonce }),
    at_hash: accessTokenHash(accessToken, signer),
    iss: issuer,
    sub,
    aud: clientId,
    iat,
    exp: iat + lifetime,
  };
  return signer.sign(token);
}

/**
 * The left half of the access token's hash, by the hash of the signature algorithm: SHA-512 for Ed25519, else SHA-256.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken OIDC Core §3.1.3.6}
 */
function accessTokenHash(accessToken: string, { algorithm }: Signer): string {
  const digest = hash(algorithm === 'EdDSA' ? 'sha512' : 'sha256', accessToken, 'buffer');
  return digest.toString('base64url', 0, digest.length / 2);
}
