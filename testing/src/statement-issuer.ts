import { base64url, type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { NOW } from './now.ts';

export const ISSUER = 'https://vouch.example';
const SECONDS = NOW / 1_000;

/** The claims of a valid statement. */
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

/** The issuer of {@link statement}, as it stands in the settings of a realm. */
export const STATEMENT_ISSUER = {
  name: 'Vouch',
  issuer: ISSUER,
  jwks: { keys: [key.jwk] },
  algorithms: ['ES256'],
} as const;

const header = { alg: 'ES256', kid: 'k' };

/** A statement of the issuer, valid at {@link NOW}. A claim that is `undefined` is left out. */
export const statement = (claims: object = {}, over: object = {}): Promise<string> =>
  new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ ...header, ...over }).sign(key.privateKey);

/** A statement that is valid at a moment in milliseconds. */
export const statementAt = (at: number, claims: object = {}, over: object = {}): Promise<string> => {
  const seconds = Math.floor(at / 1_000);
  return statement({ iat: seconds - 60, exp: seconds + 3_600, ...claims }, over);
};

/** The same claims, signed with the key of another. */
export const forged = (over: object = {}): Promise<string> =>
  new SignJWT({ ...CLAIMS }).setProtectedHeader({ ...header, ...over }).sign(thief.privateKey);

/** The same, with that key in its header. */
export const forgedWithItsKey = (): Promise<string> => forged({ jwk: thief.jwk });

const encoded = (part: object): string => base64url.encode(JSON.stringify(part));

/** The same claims without a signature. */
export const unsigned = (alg = 'none'): string => `${encoded({ alg, kid: 'k' })}.${encoded(CLAIMS)}.`;

/** The same claims with a symmetric signature, whose secret is the public key. */
export const symmetric = (): Promise<string> =>
  new SignJWT({ ...CLAIMS })
    .setProtectedHeader({ alg: 'HS256', kid: 'k' })
    .sign(new TextEncoder().encode(JSON.stringify(key.jwk)));
