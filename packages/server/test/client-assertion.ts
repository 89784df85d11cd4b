import type { JsonWebKeySet } from '@vestibule/core/registration';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ISSUER, NOW } from './set-up.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const SECONDS = NOW / 1000;

/** The key of a client, and that of a stranger. */
export const key = await generateKeyPair('ES256', { extractable: true });
export const other = await generateKeyPair('ES256', { extractable: true });

/** The public key of the client. */
export const jwks: JsonWebKeySet = { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'k' }] };

/** An assertion as clients sign it. Members that are `undefined` are left out. */
export const assertionBy = (
  clientId: string,
  claims: object = {},
  header: object = {},
  privateKey: CryptoKey = key.privateKey,
): Promise<string> =>
  new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: ISSUER,
    iat: SECONDS,
    exp: SECONDS + 60,
    jti: crypto.randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'k', ...header })
    .sign(privateKey);

/** The parameters of a request with an assertion. */
export const withAssertion = (assertion: string) => ({
  client_assertion_type: TYPE,
  client_assertion: assertion,
});
