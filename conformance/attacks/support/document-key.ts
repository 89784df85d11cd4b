import { type Addresses, authorizeUrl, approve, exchange, token } from '@vestibule/testing/oauth';
import { base64url, SignJWT } from 'jose';
import { CALLBACK } from './client.ts';
import type { OwnKey } from './jwt.ts';

/** A key set with one public key. */
export const keySetOf = ({ publicJwk }: OwnKey, kid = 'k') => ({ keys: [{ ...publicJwk, kid }] });

/** An assertion for a client with a document, by a key that need not be its own. */
export async function assertionFor(
  { issuer }: Addresses,
  clientId: string,
  key: OwnKey,
  claims: object = {},
  header: object = {},
): Promise<string> {
  const seconds = Math.floor(Date.now() / 1_000);
  const jti = crypto.randomUUID();
  return new SignJWT({ iss: clientId, sub: clientId, aud: issuer, jti, exp: seconds + 60, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k', ...header })
    .sign(key.privateKey);
}

/** The same claims without a signature, under a header of the attacker. */
export async function unsignedFor(
  app: Addresses,
  clientId: string,
  key: OwnKey,
  header: object,
): Promise<string> {
  const [, claims] = (await assertionFor(app, clientId, key)).split('.');
  return `${base64url.encode(JSON.stringify(header))}.${claims}.`;
}

/** The parameters of a request with an assertion. */
export const withAssertion = (assertion: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});

/** An authorization of a client with a document that Ada approved: the redirect URI with its code. */
export const approvedFor = (app: Addresses, clientId: string): Promise<URL> =>
  approve(authorizeUrl(app, clientId, { redirect_uri: CALLBACK }));

/** Exchanges a code of a client with a document, with or without an assertion. */
export const exchangeFor = (app: Addresses, clientId: string, arrived: URL, assertion?: string) =>
  exchange(app, clientId, CALLBACK, arrived, assertion === undefined ? {} : withAssertion(assertion));

/** Refreshes a token of a client with a document, with or without an assertion. */
export const refreshFor = (app: Addresses, clientId: string, refreshToken: string, assertion?: string) =>
  token(app, {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: refreshToken,
    ...(assertion !== undefined && withAssertion(assertion)),
  });
