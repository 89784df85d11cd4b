import { challengeOf, VERIFIER } from '@vestibule/testing/pkce';
import { decodeJwt, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { TokensIssued } from '../history/history.ts';
import type { KnownClient, KnownCode } from '../world/book.ts';
import { CALLBACK, ISSUERS, type RealmId, RESOURCES, secretOf, type ApiId } from '../world/realms.ts';
import type { World } from '../world/world.ts';

export const CHALLENGE: string = challengeOf(VERIFIER);

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON of responses
  readonly body: Readonly<Record<string, any>>;
  readonly headers: Headers;
}

/** Posts a form to an endpoint of a realm. */
export async function post(
  world: World,
  realm: RealmId,
  path: string,
  fields: Readonly<Record<string, string>>,
  {
    ip = '192.0.2.1',
    headers = {},
  }: { readonly ip?: string; readonly headers?: Record<string, string> } = {},
): Promise<Answer> {
  const body = new URLSearchParams(fields);
  const response = await world.send(
    new Request(`${ISSUERS[realm]}${path}`, { method: 'POST', body, headers }),
    ip,
  );
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? {} : JSON.parse(text),
    headers: response.headers,
  };
}

let proofKey: Promise<{ readonly privateKey: CryptoKey; readonly publicJwk: JWK }> | undefined;

/** The key of all clients that prove possession of one. */
const keyOfProofs = () =>
  (proofKey ??= generateKeyPair('ES256').then(async ({ privateKey, publicKey }) => ({
    privateKey,
    publicJwk: await exportJWK(publicKey),
  })));

async function proof(world: World, htu: string, nonce: string | null): Promise<string> {
  const { privateKey, publicJwk } = await keyOfProofs();
  const iat = Math.floor(world.now() / 1_000);
  const claims = { jti: world.newText('proof'), htm: 'POST', htu, iat, ...(nonce !== null && { nonce }) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicJwk })
    .sign(privateKey);
}

/** A request of a client to the token endpoint, with a proof if the client uses them. */
export async function askForTokens(
  world: World,
  client: Pick<KnownClient, 'id' | 'realm' | 'ip'>,
  fields: Readonly<Record<string, string>>,
  usesProofs: boolean,
): Promise<Answer> {
  const { id, realm, ip } = client;
  const path = '/connect/token';
  const all = { client_id: id, ...fields };
  if (!usesProofs) return post(world, realm, path, all, { ip });
  const htu = `${ISSUERS[realm]}${path}`;
  const first = await post(world, realm, path, all, { ip, headers: { dpop: await proof(world, htu, null) } });
  if (first.body['error'] !== 'use_dpop_nonce') return first;
  const nonce = first.headers.get('dpop-nonce');
  return post(world, realm, path, all, { ip, headers: { dpop: await proof(world, htu, nonce) } });
}

export const exchangeFields = ({ code, api }: KnownCode): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
  resource: RESOURCES[api],
});

export const refreshFields = (token: string): Record<string, string> => ({
  grant_type: 'refresh_token',
  refresh_token: token,
});

/** Names of refresh tokens, so that histories of one seed are the same although tokens are not. */
export const nameOfToken = (token: string): string => `refresh token ${token.slice(-6)}`;

/** What a successful response says, as a fact. */
export function issuedBy(
  { body }: Answer,
  realm: RealmId,
  grantType: TokensIssued['grantType'],
  presented: string,
): TokensIssued {
  const claims = decodeJwt<{ readonly client_id: string; readonly scope: string; readonly grant_id: string }>(
    String(body['access_token']),
  );
  const refreshToken: unknown = body['refresh_token'];
  return {
    kind: 'tokens',
    realm,
    clientId: claims.client_id,
    presented,
    grantType,
    tokenId: claims.jti ?? '',
    grantId: claims.grant_id,
    subject: claims.sub ?? '',
    resource: String(claims.aud),
    scopes: claims.scope.split(' '),
    ...(typeof refreshToken === 'string' && { refreshToken: nameOfToken(refreshToken) }),
  };
}

/** What was answered, in short. */
export const told = ({ status, body }: Answer): string =>
  typeof body['error'] === 'string' ? `${status} ${body['error']}` : String(status);

/** An API asks about a token. */
export async function introspect(world: World, realm: RealmId, api: ApiId, token: string): Promise<Answer> {
  const authorization = `Basic ${btoa(`${api}:${secretOf(api)}`)}`;
  return post(world, realm, '/connect/introspect', { token }, { headers: { authorization } });
}
