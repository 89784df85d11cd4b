import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { newBrowser } from '@vestibule/testing/browser';
import { describe, expect, test } from 'vitest';
import {
  approved,
  authorizeUrl,
  exchanged,
  parametersOf,
  REDIRECT,
  registered,
  send,
} from './support/agent.ts';
import { documentFetch } from './support/document-fetch.ts';
import { NOTES, type StartedBridge, startBridge } from './support/start-bridge.ts';

const CLIENT_ID = 'https://agent.example/client.json';
const JWKS_URI = 'https://agent.example/jwks.json';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** An agent whose document names a key. */
async function startSigning(keys: 'inline' | 'by-url', methods: readonly string[]) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
  const requested: string[] = [];
  const fetch = documentFetch((url) => {
    requested.push(url);
    if (url === JWKS_URI) return jwks;
    if (url !== CLIENT_ID) return undefined;
    return {
      client_id: CLIENT_ID,
      client_name: 'Signing agent',
      redirect_uris: ['http://127.0.0.1/cb'],
      token_endpoint_auth_method: methods[0],
      token_endpoint_auth_methods_supported: methods,
      ...(keys === 'inline' ? { jwks } : { jwks_uri: JWKS_URI }),
    };
  });
  const app = await startBridge({
    fetch,
    configuration: {
      fetch: () => Promise.reject(new Error('oidc-provider fetched a URL.')),
      features: { requestObjects: { enabled: true }, pushedAuthorizationRequests: { enabled: true } },
    },
  });
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT({ jti: crypto.randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(CLIENT_ID)
      .setAudience(app.issuer)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey);
  return { app, sign, requested };
}

const signedBy = async (sign: (claims: JWTPayload) => Promise<string>): Promise<Record<string, string>> => ({
  client_assertion: await sign({ sub: CLIENT_ID }),
  client_assertion_type: ASSERTION,
});

describe.each(['inline', 'by-url'] as const)('a client whose document has its keys %s', (keys) => {
  test('gets a token with its signature, and the keys are fetched through the guard', async () => {
    const { app, sign, requested } = await startSigning(keys, ['private_key_jwt']);
    const arrived = await approved(app, CLIENT_ID);
    const { status, body } = await exchanged(app, CLIENT_ID, arrived, await signedBy(sign));
    expect([status, body.scope]).toEqual([200, 'notes:read notes:write']);
    expect(requested.includes(JWKS_URI)).toBe(keys === 'by-url');
    expect(app.errors).toEqual([]);
  });

  test('introspects its own token, and no token of another client, although it is confidential', async () => {
    const { app, sign } = await startSigning(keys, ['private_key_jwt']);
    const own = await exchanged(app, CLIENT_ID, await approved(app, CLIENT_ID), await signedBy(sign));
    const clientId = await registered(app);
    const other = await exchanged(app, clientId, await approved(app, clientId));
    const isActive = async (token: string): Promise<unknown> => {
      const fields = { client_id: CLIENT_ID, token, ...(await signedBy(sign)) };
      return (await send(app, fields, '/token/introspection')).body;
    };
    expect(await isActive(own.body.access_token)).toMatchObject({ active: true });
    expect(await isActive(other.body.access_token)).toEqual({ active: false });
  });

  test('gets no token without its signature', async () => {
    const { app } = await startSigning(keys, ['private_key_jwt']);
    const { status, body } = await exchanged(app, CLIENT_ID, await approved(app, CLIENT_ID));
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  test('can leave the signature out if its document permits that', async () => {
    const { app, sign } = await startSigning(keys, ['private_key_jwt', 'none']);
    expect((await exchanged(app, CLIENT_ID, await approved(app, CLIENT_ID))).status).toBe(200);
    const signed = await exchanged(app, CLIENT_ID, await approved(app, CLIENT_ID), await signedBy(sign));
    expect(signed.status).toBe(200);
  });
});

describe('a signed request object of a client with keys', () => {
  const pushed = async (
    app: StartedBridge,
    sign: (claims: JWTPayload) => Promise<string>,
    more: JWTPayload,
  ) => {
    const claims = { ...Object.fromEntries(parametersOf(CLIENT_ID)), ...more };
    const fields = { client_id: CLIENT_ID, request: await sign(claims), ...(await signedBy(sign)) };
    return send(app, fields, '/request');
  };

  test.each<[string, JWTPayload, string]>([
    ['an empty list of resources', { resource: [] }, 'invalid_target'],
    ['two resources', { resource: [NOTES, 'https://billing.example/mcp'] }, 'invalid_target'],
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['another redirect URI', { redirect_uri: 'https://other.example/cb' }, 'invalid_request'],
    ['another response type', { response_type: 'none' }, 'invalid_request'],
  ])('is refused with %s, when it is pushed or before a person is asked', async (_, more, error) => {
    const { app, sign } = await startSigning('inline', ['private_key_jwt']);
    const { status, body } = await pushed(app, sign, more);
    if (status !== 201) {
      expect(body.error).toBe(error);
      return;
    }
    const request = new URLSearchParams({ client_id: CLIENT_ID, request_uri: body.request_uri });
    const { away } = await newBrowser().open(`${app.issuer}/auth?${request}`);
    expect(away?.searchParams.get('error')).toBe(error);
  });

  test('leads to the consent page', async () => {
    const { app, sign } = await startSigning('inline', ['private_key_jwt']);
    const { status, body } = await pushed(app, sign, {});
    expect(status).toBe(201);
    const request = new URLSearchParams({ client_id: CLIENT_ID, request_uri: body.request_uri });
    const page = await newBrowser().open(`${app.issuer}/auth?${request}`);
    expect(page.text).toContain('agent.example');
  });

  test('is refused in the URL, because no keys are fetched for a browser', async () => {
    const { app, sign, requested } = await startSigning('by-url', ['private_key_jwt']);
    const request = await sign(Object.fromEntries(parametersOf(CLIENT_ID)));
    const query = new URLSearchParams({ client_id: CLIENT_ID, request, redirect_uri: REDIRECT });
    const { away } = await newBrowser().open(`${app.issuer}/auth?${query}`);
    expect(away?.searchParams.get('error')).toBe('invalid_request_object');
    expect(requested).not.toContain(JWKS_URI);
  });
});

test('a document that cannot be fetched, or is not accepted, leads to a page', async () => {
  const fetch = documentFetch((url) =>
    url === CLIENT_ID ? { client_id: 'https://other.example/', redirect_uris: [REDIRECT] } : undefined,
  );
  const app = await startBridge({ fetch });
  const refused = await newBrowser().open(authorizeUrl(app, CLIENT_ID));
  expect([refused.status, refused.away, refused.text.includes('document.client-id')]).toEqual([
    400,
    undefined,
    true,
  ]);
  const missing = await newBrowser().open(authorizeUrl(app, 'https://missing.example/client.json'));
  expect([missing.status, missing.away]).toEqual([400, undefined]);
});

test('a URL is no client if the bridge has no metadata documents', async () => {
  const app = await startBridge();
  const { status, text } = await newBrowser().open(authorizeUrl(app, CLIENT_ID));
  expect([status, text.includes('invalid_client')]).toEqual([400, true]);
});
