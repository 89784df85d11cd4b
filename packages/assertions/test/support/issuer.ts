import type { JsonWebKeySet, TrustedIssuer } from '@vestibule/core/registration';
import { NOW } from '@vestibule/testing/now';
import { base64url, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export { NOW };

export const SECONDS: number = NOW / 1000;

export const ISSUER = 'https://vouch.example';

/** The claims of a valid statement. No problem may repeat `MARKER`. */
export const CLAIMS: Readonly<Record<string, unknown>> = {
  iss: ISSUER,
  iat: SECONDS - 3600,
  exp: SECONDS + 3600,
  software_id: 'notes-agent',
  client_name: 'MARKER agent',
  redirect_uris: ['https://MARKER.example/cb'],
};

/** A key pair of an issuer. */
export interface IssuerKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function makeKey(alg = 'ES256', kid = 'k'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid } };
}

export const jwksOf = (...keys: readonly IssuerKey[]): JsonWebKeySet => ({
  keys: keys.map(({ publicJwk }) => publicJwk),
});

export const trusted = (over: Partial<TrustedIssuer> = {}): TrustedIssuer => ({
  name: 'Vouch',
  issuer: ISSUER,
  algorithms: ['ES256'],
  ...over,
});

/** A statement as issuers sign it. Members of `claims` or `header` that are `undefined` are left out. */
export const statementOf = (
  { alg, kid, privateKey }: IssuerKey,
  claims: object = {},
  header: object = {},
): Promise<string> =>
  new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);

const encoded = (part: string | object): string =>
  base64url.encode(typeof part === 'string' ? part : JSON.stringify(part));

/** The two given parts, with a valid ES256 signature. */
export async function signedParts(
  { privateKey }: IssuerKey,
  header: string | object,
  payload: string | object | Uint8Array,
): Promise<string> {
  const content = payload instanceof Uint8Array ? base64url.encode(payload) : encoded(payload);
  const input = `${encoded(header)}.${content}`;
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(input));
  return `${input}.${base64url.encode(new Uint8Array(signature))}`;
}

/** The two given parts, with any text as the signature. */
export const unsignedParts = (header: string | object, payload: string | object, signature = ''): string =>
  `${encoded(header)}.${encoded(payload)}.${signature}`;

/** A valid statement with exactly the given number of characters. */
export async function statementOfLength(key: IssuerKey, length: number): Promise<string> {
  const signature = 86;
  for (let pad = 0; pad < 4; pad += 1) {
    const header = { alg: 'ES256', kid: key.kid, pad: 'x'.repeat(pad) };
    const room = length - encoded(header).length - signature - 2;
    const bytes = Math.floor((room * 3) / 4);
    if (Math.ceil((bytes * 4) / 3) !== room) continue;
    const bare = JSON.stringify({ ...CLAIMS, pad: '' }).length;
    return signedParts(key, header, { ...CLAIMS, pad: 'x'.repeat(bytes - bare) });
  }
  throw new Error(`No statement has ${length} characters.`);
}
