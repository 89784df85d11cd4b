import type { Api, DpopPolicy, Realm } from '@vestibule/core/realm';
import { accessTokenHash } from '@vestibule/dpop';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { realmThatAsks } from './apis.ts';
import { CALLBACK, ISSUER, NOW, setUp, VERIFIER } from './set-up.ts';

/** A client's key for proofs. */
export interface ProofKey {
  readonly thumbprint: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
}

export async function newProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const publicJwk = await exportJWK(publicKey);
  return { privateKey, publicJwk, thumbprint: await calculateJwkThumbprint(publicJwk) };
}

export const signProof = (
  { privateKey, publicJwk }: ProofKey,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> =>
  new SignJWT({ jti: crypto.randomUUID(), htm: 'POST', iat: NOW / 1_000, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicJwk })
    .sign(privateKey);

/** A realm in which every API has the same policy, or Notes has its own. */
export async function realmWithDpop(policy: DpopPolicy, notes = policy): Promise<Realm> {
  const realm = await realmThatAsks();
  const withPolicy = (api: Api): Api => ({ ...api, dpop: api.id === 'notes' ? notes : policy });
  return { ...realm, apis: realm.apis.map(withPolicy) };
}

/** A client with a key, in a realm with that policy. */
export async function clientWithKey(policy: DpopPolicy = 'offered') {
  const world = setUp(await realmWithDpop(policy));
  await world.stores.people.insert({
    realm: 'main',
    subject: 'person-ada',
    username: 'ada',
    name: 'Ada',
    passwordHash: '',
  });
  const key = await newProofKey();
  const clientId = await world.register();
  const { token, server } = world;

  /** The current nonce, as the server returns it to a request without one. */
  async function nonce(): Promise<string> {
    const htu = `${ISSUER}/connect/token`;
    const { headers } = await token({ client_id: clientId }, { dpop: await signProof(key, { htu }) });
    return headers.get('dpop-nonce') ?? '';
  }

  /** A valid proof for the token endpoint. */
  const tokenProof = async (by = key, claims: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    signProof(by, { htu: `${ISSUER}/connect/token`, nonce: await nonce(), ...claims });

  const withProof = async (by: ProofKey | undefined): Promise<Record<string, string>> =>
    by === undefined ? {} : { dpop: await tokenProof(by) };

  const exchange = async (code: string, by?: ProofKey) =>
    token(
      {
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      },
      await withProof(by),
    );

  const refresh = async (refreshToken: string, by?: ProofKey) =>
    token(
      { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken },
      await withProof(by),
    );

  const obtainCode = (parameters: Record<string, string> = {}) => world.obtainCode(clientId, parameters);

  /** Requests userinfo with a token, and with a proof with these claims if they are given. */
  async function userinfo(
    scheme: string,
    accessToken: string,
    claims?: Readonly<Record<string, unknown>>,
    by = key,
  ) {
    const htu = `${ISSUER}/connect/userinfo`;
    const good = { htm: 'GET', htu, nonce: await nonce(), ath: await accessTokenHash(accessToken) };
    const headers = {
      authorization: `${scheme} ${accessToken}`,
      ...(claims !== undefined && { dpop: await signProof(by, { ...good, ...claims }) }),
    };
    const response = await server.userinfo(new Request(htu, { headers }), { ip: '' });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  return {
    ...world,
    obtainCodeOf: world.obtainCode,
    clientId,
    key,
    nonce,
    tokenProof,
    exchange,
    refresh,
    obtainCode,
    userinfo,
  };
}
