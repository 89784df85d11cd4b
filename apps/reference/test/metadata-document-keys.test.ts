import { documents } from '@vestibule/client-fixtures';
import { calculateJwkThumbprint, type CryptoKey, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { type DocumentApp, startDocumentApp } from './support/document-app.ts';
import { approve, authorizeUrl, exchange, token } from './support/oauth.ts';

const LOOPBACK = 'http://127.0.0.1:61234/callback';

/** A key pair, and the key set that a website publishes of it. */
async function newKeys(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { alg, kid, privateKey, jwks: { keys: [{ ...jwk, kid, alg, use: 'sig' }] } };
}

/** The parameters of a request that a client signs, as clients do it with jose. */
async function signedBy(
  { alg, kid, privateKey }: { readonly alg: string; readonly kid: string; readonly privateKey: CryptoKey },
  { issuer, clientId }: Pick<DocumentApp, 'issuer' | 'clientId'>,
): Promise<Record<string, string>> {
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg, kid })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .setJti(crypto.randomUUID())
    .sign(privateKey);
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

const fixture = documents.find(({ id }) => id === 'chatgpt');
if (fixture === undefined) throw new Error('There is no fixture of ChatGPT.');
const { document, redirects } = fixture;
const redirectUri = redirects[0]?.uri ?? '';

/** The document of ChatGPT at a website of the test, with the keys of the test beside it. */
async function startChatGpt() {
  const keys = await newKeys('RS256');
  const app = await startDocumentApp((origin) => ({ ...document, jwks_uri: `${origin}/oauth/jwks.json` }), {
    name: 'chatgpt.com',
    path: '/oauth/client.json',
    files: { '/oauth/jwks.json': keys.jwks },
  });
  const asked = (): readonly string[] => app.host.requests.map((head) => head.split(' ')[1] ?? '');
  return { app, keys, asked };
}

describe('ChatGPT, whose document lists no authentication and a key', () => {
  test('attaches with its key, which is fetched over HTTPS through the guard', async () => {
    const { app, keys, asked } = await startChatGpt();
    const { clientId } = app;
    const arrived = await approve(authorizeUrl(app, clientId, { redirect_uri: redirectUri }));
    const exchanged = await exchange(app, clientId, redirectUri, arrived, await signedBy(keys, app));
    expect(exchanged).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect(decodeJwt(exchanged.body.access_token)).toMatchObject({
      client_id: clientId,
      aud: app.notes.href,
    });
    const refresh = { grant_type: 'refresh_token', refresh_token: exchanged.body.refresh_token };
    expect(await token(app, { ...refresh, client_id: clientId })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await token(app, { ...refresh, ...(await signedBy(keys, app)) })).toMatchObject({ status: 200 });
    expect(asked()).toEqual(['/oauth/client.json', '/oauth/jwks.json']);
  });

  test('attaches without its key, which is not fetched', async () => {
    const { app, asked } = await startChatGpt();
    const { clientId } = app;
    const arrived = await approve(authorizeUrl(app, clientId, { redirect_uri: redirectUri }));
    const exchanged = await exchange(app, clientId, redirectUri, arrived);
    expect(exchanged).toMatchObject({ status: 200 });
    const refresh = { grant_type: 'refresh_token', refresh_token: exchanged.body.refresh_token };
    expect(await token(app, { ...refresh, client_id: clientId })).toMatchObject({ status: 200 });
    expect(asked()).toEqual(['/oauth/client.json']);
  });
});

describe('an app on this computer whose document only names a key', () => {
  test('attaches with the key in its document, and is refused without', async () => {
    const keys = await newKeys('EdDSA');
    const app = await startDocumentApp({
      client_name: 'Gardening agent',
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: keys.jwks,
    });
    const arrived = await approve(authorizeUrl(app, app.clientId, { redirect_uri: LOOPBACK }));
    expect(await exchange(app, app.clientId, LOOPBACK, arrived)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await exchange(app, app.clientId, LOOPBACK, arrived, await signedBy(keys, app))).toMatchObject({
      status: 200,
    });
  });
});
