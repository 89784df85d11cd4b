import type { JsonWebKeySet, TrustedIssuer } from '@vestibule/core';
import { base64url, type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { NOW } from './place.ts';

export const ISSUER = 'https://vouch.example';
const SECONDS = NOW / 1_000;

/** What a good statement says. */
export const CLAIMS = {
  iss: ISSUER,
  iat: SECONDS - 60,
  exp: SECONDS + 3_600,
  software_id: 'notes-agent',
  client_name: 'Vouched agent',
  redirect_uris: ['https://vouched.example/cb'],
} as const;

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: Readonly<Record<string, unknown>>;
}

async function makeKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' } };
}

const key = await makeKey();
const thief = await makeKey();

export const JWKS: JsonWebKeySet = { keys: [key.jwk] };

export const trusted = (over: Partial<TrustedIssuer> = {}): TrustedIssuer => ({
  name: 'Vouch',
  issuer: ISSUER,
  jwks: JWKS,
  algorithms: ['ES256'],
  ...over,
});

const header = { alg: 'ES256', kid: 'k' };

/** A statement of the issuer. A claim that is `undefined` is left out. */
export const statement = (claims: object = {}, over: object = {}): Promise<string> =>
  new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ ...header, ...over }).sign(key.privateKey);

/** One that is good at that moment. */
export const statementAt = (at: number, claims: object = {}, over: object = {}): Promise<string> => {
  const seconds = Math.floor(at / 1_000);
  return statement({ iat: seconds - 60, exp: seconds + 3_600, ...claims }, over);
};

/** The same, signed by somebody else, who brings the key. */
export const forged = (over: object = {}): Promise<string> =>
  new SignJWT({ ...CLAIMS }).setProtectedHeader({ ...header, ...over }).sign(thief.privateKey);

export const forgedWithItsKey = (): Promise<string> => forged({ jwk: thief.jwk });

const encoded = (part: object): string => base64url.encode(JSON.stringify(part));

/** One that nobody signed. */
export const unsigned = (alg = 'none'): string => `${encoded({ alg, kid: 'k' })}.${encoded(CLAIMS)}.`;

/** One with a symmetric signature, whose secret is the public key as everybody has it. */
export const symmetric = (): Promise<string> =>
  new SignJWT({ ...CLAIMS })
    .setProtectedHeader({ alg: 'HS256', kid: 'k' })
    .sign(new TextEncoder().encode(JSON.stringify(key.jwk)));
