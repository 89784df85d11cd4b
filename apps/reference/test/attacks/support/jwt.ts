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

/** A part of a JWT, as it stands in it. */
export const encoded = (part: unknown): string => base64url.encode(JSON.stringify(part));

/** What a JWT says, with nothing checked. */
export const partsOf = (jwt: string) => ({
  header: { ...decodeProtectedHeader(jwt) },
  claims: decodeJwt(jwt),
});

/** The same JWT with another header and a signature that is given; what is `undefined` is left out. */
export function withSignature(jwt: string, over: object, signature: string, claims: object = {}): string {
  const parts = partsOf(jwt);
  return `${encoded({ ...parts.header, ...over })}.${encoded({ ...parts.claims, ...claims })}.${signature}`;
}

/** The same JWT, signed anew with a secret. */
export function withSecret(jwt: string, over: object, secret: Uint8Array | string, hash = 'sha256'): string {
  const unsigned = withSignature(jwt, over, '').slice(0, -1);
  return `${unsigned}.${createHmac(hash, secret).update(unsigned).digest('base64url')}`;
}

/** A key pair that nobody else has, or ought to know. */
export interface OwnKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** The same JWT, signed anew with this key. */
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
