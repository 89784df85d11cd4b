import { accessTokenHash } from '@vestibule/dpop';
import { NOW } from '@vestibule/testing/now';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { createResourceServer, type ResourceServerOptions } from '../src/index.ts';

export { NOW };

export const ISSUER = 'https://id.example';
export const RESOURCE = 'https://notes.example/mcp';
type Members = Readonly<Record<string, unknown>>;

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function newKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const publicJwk = await exportJWK(publicKey);
  return { privateKey, publicJwk, kid: await calculateJwkThumbprint(publicJwk) };
}

/** An issuer behind `fetch`, a clock, and an API that trusts the issuer. */
export async function apiWith(options: Partial<ResourceServerOptions> = {}) {
  let now = NOW;
  const keys = [await newKey()];
  const holder = await newKey();
  /** The responses of the issuer by path, in addition to its keys; `undefined` is an outage. */
  const answers = new Map<string, Response | undefined>();
  let opened = Promise.resolve();
  const asked: { readonly uri: string; readonly authorization: string | null; readonly body: string }[] = [];

  const fetch = async (uri: string, init: RequestInit): Promise<Response> => {
    const request = new Request(uri, { ...init, redirect: 'follow' });
    const body = await request.text();
    asked.push({ uri, authorization: request.headers.get('authorization'), body });
    if (uri === `${ISSUER}/connect/jwks`) {
      return Response.json({ keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: 'ES256' })) });
    }
    await opened;
    const answer = answers.get(uri);
    if (answer === undefined) throw new TypeError('fetch failed');
    return answer.clone();
  };
  const all = { issuer: ISSUER, resource: RESOURCE, scopes: ['read'], fetch, clock: () => now, ...options };
  const api = createResourceServer(all);

  /** A valid access token, except for these claims. */
  function accessToken(claims: Members = {}, by = keys[0]): Promise<string> {
    if (by === undefined) throw new Error('There is no key.');
    const iat = now / 1_000;
    const good = {
      iss: ISSUER,
      sub: 'ada',
      aud: RESOURCE,
      client_id: 'app',
      scope: 'read',
      iat,
      exp: iat + 900,
    };
    return new SignJWT({ ...good, jti: 'token-1', grant_id: 'grant-1', ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: by.kid })
      .sign(by.privateKey);
  }

  const boundToken = (claims: Members = {}): Promise<string> =>
    accessToken({ cnf: { jkt: holder.kid }, ...claims });

  /** A valid proof for a token, except for these claims. */
  async function proof(token: string, claims: Members = {}, by = holder): Promise<string> {
    const ath = await accessTokenHash(token);
    const good = { jti: crypto.randomUUID(), htm: 'POST', htu: RESOURCE, iat: now / 1_000, ath };
    return new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: by.publicJwk })
      .sign(by.privateKey);
  }

  async function admit(headers: Record<string, string>, scopes: readonly string[] = [], url = RESOURCE) {
    const admission = await api.admit(new Request(url, { method: 'POST', headers }), scopes);
    if (admission.ok) return { ok: true, token: admission.token };
    const { response, reason } = admission;
    return {
      ok: false,
      reason,
      retryAfter: response.headers.get('retry-after'),
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      nonce: response.headers.get('dpop-nonce'),
    };
  }

  /** Presents a token by the scheme DPoP, with a proof that is valid except for these claims. */
  const admitBound = async (token: string, claims: Members = {}, by = holder) =>
    admit({ authorization: `DPoP ${token}`, dpop: await proof(token, claims, by) });

  return {
    api,
    options: all,
    keys,
    holder,
    answers,
    asked,
    accessToken,
    boundToken,
    proof,
    admit,
    admitBound,
    /** Makes the issuer wait until it is released. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      opened = promise;
      return resolve;
    },
    pass: (seconds: number) => void (now += seconds * 1_000),
  };
}
