import { calculateJwkThumbprint, SignJWT } from 'jose';
import { createHash } from 'node:crypto';
import type { Addresses } from '../../support/app.ts';
import type { OwnKey } from './jwt.ts';

export interface ProofTerms {
  readonly method?: string;
  readonly url: string;
  readonly nonce?: string;
  readonly accessToken?: string;
  /** Changes to its claims; members that are `undefined` are left out. */
  readonly claims?: object;
  readonly header?: object;
}

/** A proof with a key, as clients make it. */
export function proofOf(
  key: OwnKey,
  { method = 'POST', url, nonce, accessToken, claims = {}, header = {} }: ProofTerms,
): Promise<string> {
  const ath = accessToken && createHash('sha256').update(accessToken).digest('base64url');
  const said = { jti: crypto.randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1_000) };
  return new SignJWT({ ...said, ...(nonce && { nonce }), ...(ath && { ath }), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.publicJwk, ...header })
    .sign(key.privateKey);
}

export const thumbprintOf = (key: OwnKey): Promise<string> => calculateJwkThumbprint(key.publicJwk);

/** Sends a token request with a proof, or without one. */
export async function askWithProof(
  { issuer }: Addresses,
  fields: Readonly<Record<string, string>>,
  proof: string | undefined,
) {
  const response = await fetch(`${issuer}/connect/token`, {
    method: 'POST',
    headers: proof === undefined ? {} : { dpop: proof },
    body: new URLSearchParams(fields),
  });
  return {
    status: response.status,
    nonce: response.headers.get('dpop-nonce') ?? '',
    body: await response.json(),
  };
}
