import { type Instant, type Seconds, toEpochSeconds } from '@vestibule/core';
import { base64url, SignJWT } from 'jose';
import type { Signer } from '../key/keyring.ts';
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
export async function signIdToken(signer: Signer, claims: IdTokenClaims): Promise<string> {
  const { issuer, clientId, person, authentication, nonce, accessToken, issuedAt, lifetime } = claims;
  const { sub, ...known } = person;
  const iat = toEpochSeconds(issuedAt);
  return new SignJWT({
    ...known,
    auth_time: toEpochSeconds(authentication.at),
    ...(authentication.methods.length > 0 && { amr: authentication.methods }),
    ...(nonce !== undefined && { nonce }),
    at_hash: await accessTokenHash(accessToken, signer),
  })
    .setProtectedHeader({ alg: signer.algorithm, kid: signer.kid })
    .setIssuer(issuer)
    .setSubject(sub)
    .setAudience(clientId)
    .setIssuedAt(iat)
    .setExpirationTime(iat + lifetime)
    .sign(signer.key);
}

/**
 * The left half of the access token's hash, by the hash of the signature algorithm: SHA-512 for Ed25519, else SHA-256.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken OIDC Core §3.1.3.6}
 */
async function accessTokenHash(accessToken: string, { algorithm }: Signer): Promise<string> {
  const hash = algorithm === 'EdDSA' ? 'SHA-512' : 'SHA-256';
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)));
  return base64url.encode(digest.subarray(0, digest.length / 2));
}
