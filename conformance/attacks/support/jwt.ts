import {
  base64url,
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose';
import { createHmac } from 'node:crypto';

/** An encoded part of a JWT. */
export const encoded = (part: unknown): string => base64url.encode(JSON.stringify(part));

/** The content of a JWT, unverified. */
export const partsOf = (jwt: string) => ({
  header: { ...decodeProtectedHeader(jwt) },
  claims: decodeJwt(jwt),
});

/** The same JWT with another header and the given signature; members that are `undefined` are left out. */
export function withSignature(jwt: string, over: object, signature: string, claims: object = {}): string {
  const parts = partsOf(jwt);
  return `${encoded({ ...parts.header, ...over })}.${encoded({ ...parts.claims, ...claims })}.${signature}`;
}

/** The same JWT, signed with a secret. */
export function withSecret(jwt: string, over: object, secret: Uint8Array | string, hash = 'sha256'): string {
  const unsigned = withSignature(jwt, over, '').slice(0, -1);
  return `${unsigned}.${createHmac(hash, secret).update(unsigned).digest('base64url')}`;
}

/** A new key pair. */
export interface OwnKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** The same JWT, signed with this key. */
  sign(jwt: string, over?: object, claims?: object): Promise<string>;
}

export async function newKey(alg = 'ES256'): Promise<OwnKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    privateKey,
    publicJwk: await exportJWK(publicKey),
    sign: (jwt, over = {}, claims = {}) => {
      const parts = partsOf(jwt);
      return new SignJWT({ ...parts.claims, ...claims })
        .setProtectedHeader({ ...parts.header, alg, ...over })
        .sign(privateKey, { crit: { jwk: true } });
    },
  };
}
