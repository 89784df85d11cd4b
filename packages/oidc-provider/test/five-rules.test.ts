import { cite } from '@vestibule/requirements';
import { newBrowser } from '@vestibule/testing/browser';
import { NOTES_REALM } from '@vestibule/testing/realm';
import type { Configuration } from 'oidc-provider';
import { describe, expect, test } from 'vitest';
import {
  approved,
  authorizeUrl,
  exchanged,
  type Parameters,
  parametersOf,
  REDIRECT,
  refreshed,
  register,
  registered,
  send,
} from './support/agent.ts';
import { BILLING, NOTES, type StartedBridge, startBridge } from './support/start-bridge.ts';

/** A configuration that allows the clients of the team much more. */
const PERMISSIVE: Configuration = {
  responseTypes: ['code', 'id_token', 'code id_token', 'none'],
  scopes: ['openid', 'offline_access'],
  pkce: { required: () => false },
  clientDefaults: {
    grant_types: ['authorization_code', 'client_credentials'],
    response_types: ['code id_token'],
  },
  rotateRefreshToken: false,
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    ciba: {
      enabled: true,
      deliveryModes: ['poll'],
      triggerAuthenticationDevice: () => {},
      validateRequestContext: () => {},
      verifyUserCode: () => {},
    },
    pushedAuthorizationRequests: { enabled: true },
    claimsParameter: { enabled: true },
    resourceIndicators: {
      defaultResource: () => NOTES,
      getResourceServerInfo: () => ({
        scope: 'notes:read bills:read',
        audience: 'urn:everything',
        accessTokenTTL: 86_400,
      }),
    },
  },
};

/** The error that an authorization request results in: in the redirect, or on the page. */
async function errorOf(app: StartedBridge, clientId: string, more: Parameters): Promise<string> {
  const { away, text } = await newBrowser().open(authorizeUrl(app, clientId, more));
  return (
    away?.searchParams.get('error') ?? text.match(/invalid_\w+|\w+_required|unsupported_\w+/)?.[0] ?? text
  );
}

test(
  cite(
    'a registration that asks for a secret and more grants results in a public client with two grants',
    'vestibule:oidc-provider:five-rules',
  ),
  async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const { status, body } = await register(app, {
      redirect_uris: ['http://127.0.0.1/cb'],
      token_endpoint_auth_method: 'client_secret_post',
    });
    expect([status, body.token_endpoint_auth_method, body.grant_types]).toEqual([
      201,
      'none',
      ['authorization_code', 'refresh_token'],
    ]);
    const asked = await register(app, { redirect_uris: [REDIRECT], grant_types: ['client_credentials'] });
    expect([asked.status, asked.body.error]).toEqual([400, 'invalid_client_metadata']);
  },
);

test.each([
  ['client_credentials', {}],
  ['urn:ietf:params:oauth:grant-type:device_code', { device_code: 'x' }],
  ['urn:openid:params:grant-type:ciba', { auth_req_id: 'x' }],
])('a dynamic client gets no token by %s, which the configuration enables', async (grant, fields) => {
  const app = await startBridge({ configuration: PERMISSIVE });
  const clientId = await registered(app);
  const { status, body } = await send(app, {
    grant_type: grant,
    client_id: clientId,
    resource: NOTES,
    ...fields,
  });
  expect([status, body.error]).toEqual([400, 'invalid_request']);
});

test.each([['/device/auth'], ['/backchannel']])('a dynamic client cannot begin at %s', async (path) => {
  const app = await startBridge({ configuration: PERMISSIVE });
  const clientId = await registered(app);
  const { status, body } = await send(
    app,
    { client_id: clientId, scope: 'openid', resource: NOTES, login_hint: 'ada' },
    path,
  );
  expect([status, body.error]).toEqual([400, 'invalid_request']);
});

test.each<[string, Parameters, string]>([
  ['response_type id_token', { response_type: 'id_token', nonce: 'n', scope: 'openid' }, 'invalid_request'],
  [
    'response_type code id_token',
    { response_type: 'code id_token', nonce: 'n', scope: 'openid' },
    'invalid_request',
  ],
  ['response_type none', { response_type: 'none' }, 'invalid_request'],
  ['response_mode fragment', { response_mode: 'fragment' }, 'invalid_request'],
  ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['PKCE plain', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['no resource, whatever the default is', { resource: undefined }, 'invalid_target'],
  ['an empty resource', { resource: '' }, 'invalid_target'],
  ['two resources', { resource: [NOTES, BILLING] }, 'invalid_target'],
  ['the same resource twice', { resource: [NOTES, NOTES] }, 'invalid_target'],
  [
    'a resource that is closed to dynamic clients',
    { resource: BILLING, scope: 'bills:read' },
    'invalid_target',
  ],
  ['a resource that is no API', { resource: 'https://other.example/' }, 'invalid_target'],
  ['only a scope that is closed', { scope: 'notes:admin' }, 'invalid_scope'],
  ['prompt=none', { prompt: 'none' }, 'interaction_required'],
])('an authorization request of a dynamic client is refused with %s', async (_, more, error) => {
  const app = await startBridge({ configuration: PERMISSIVE });
  const clientId = await registered(app);
  expect(await errorOf(app, clientId, more)).toBe(error);
  expect(app.errors).toEqual([]);
});

test('prompt=none is refused for a dynamic client of a person who is signed in and approved before', async () => {
  const app = await startBridge({ configuration: PERMISSIVE });
  const clientId = await registered(app);
  const browser = newBrowser();
  await approved(app, clientId, {}, browser);
  const { away } = await browser.open(authorizeUrl(app, clientId, { prompt: 'none' }));
  expect(away?.searchParams.get('error')).toBe('interaction_required');
});

describe('the token of a dynamic client', () => {
  test('has the API as its audience, and at most the lifetime of the realm, whatever the configuration says', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const { body } = await exchanged(app, clientId, await approved(app, clientId));
    expect([body.expires_in, body.scope]).toEqual([900, 'notes:read notes:write']);
    const [, row] = [...app.adapter.rows].find(([key]) => key.startsWith('AccessToken:')) ?? [];
    expect(row?.aud).toBe(NOTES);
  });

  test('is for the granted API if the exchange names none, also with the scope openid', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const arrived = await approved(app, clientId, { scope: 'openid notes:read' });
    const { body } = await exchanged(app, clientId, arrived, { resource: '' });
    const [, row] = [...app.adapter.rows].find(([key]) => key.startsWith('AccessToken:')) ?? [];
    expect([body.scope, body.id_token, row?.aud]).toEqual(['notes:read', undefined, NOTES]);
    const userinfo = await fetch(`${app.issuer}/me`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(userinfo.status).toBe(403);
  });

  test('is for the API although openid is open, too, and comes with an ID token then', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const openid = { name: 'openid', description: 'Know who you are', openToDynamicClients: true };
    await app.change({
      apis: NOTES_REALM.apis.map((api) => ({ ...api, scopes: [...api.scopes, 'openid'] })),
      scopes: [...NOTES_REALM.scopes, openid],
    });
    const clientId = await registered(app);
    const arrived = await approved(app, clientId, { scope: 'openid notes:read' });
    const { body } = await exchanged(app, clientId, arrived, { resource: '' });
    expect(typeof body.id_token).toBe('string');
    const again = await refreshed(app, clientId, body.refresh_token);
    const tokens = [...app.adapter.rows].filter(([key]) => key.startsWith('AccessToken:'));
    expect([again.status, tokens.map(([, row]) => row.aud)]).toEqual([200, [NOTES, NOTES]]);
  });

  test.each([['the exchange'], ['a refresh']])('is not issued for another API by %s', async (step) => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const arrived = await approved(app, clientId);
    if (step === 'the exchange') {
      const { status, body } = await exchanged(app, clientId, arrived, { resource: BILLING });
      expect([status, body.error]).toEqual([400, 'invalid_target']);
      return;
    }
    const { body } = await exchanged(app, clientId, arrived);
    const other = await refreshed(app, clientId, body.refresh_token, { resource: BILLING });
    expect([other.status, other.body.error]).toEqual([400, 'invalid_target']);
    // The refused request did not use up the token.
    expect((await refreshed(app, clientId, body.refresh_token)).status).toBe(200);
  });

  test('has no claim that the client requested by the claims parameter', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const claims = JSON.stringify({ userinfo: { sub: null }, id_token: { auth_time: { essential: true } } });
    const { body } = await exchanged(
      app,
      clientId,
      await approved(app, clientId, { scope: 'openid notes:read', claims }),
    );
    expect(body.id_token).toBeUndefined();
  });

  test('comes with another refresh token each time, and a replay ends the grant', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const { body: first } = await exchanged(app, clientId, await approved(app, clientId));
    const { body: second } = await refreshed(app, clientId, first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refreshed(app, clientId, first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refreshed(app, clientId, second.refresh_token)).body.error).toBe('invalid_grant');
  });
});

describe('a pushed authorization request of a dynamic client', () => {
  test.each<[string, Parameters, string]>([
    ['without a resource', { resource: undefined }, 'invalid_target'],
    ['for two APIs', { resource: [NOTES, NOTES] }, 'invalid_target'],
    ['for another API', { resource: BILLING, scope: 'bills:read' }, 'invalid_target'],
    ['with an unregistered redirect URI', { redirect_uri: 'https://other.example/cb' }, 'invalid_request'],
  ])('is refused %s', async (_, more, error) => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const { status, body } = await send(app, parametersOf(clientId, more), '/request');
    expect([status, body.error]).toEqual([400, error]);
  });

  test('without PKCE is refused before the person is asked', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const fields = parametersOf(clientId, { code_challenge: undefined, code_challenge_method: undefined });
    const { status, body } = await send(app, fields, '/request');
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  test('leads to the consent page and a token', async () => {
    const app = await startBridge({ configuration: PERMISSIVE });
    const clientId = await registered(app);
    const { status, body } = await send(app, parametersOf(clientId), '/request');
    expect(status).toBe(201);
    const url = new URL(
      `${app.issuer}/auth?${new URLSearchParams({ client_id: clientId, request_uri: body.request_uri })}`,
    );
    const page = await newBrowser().open(url);
    expect(page.text).toContain('[unverified]');
  });

  test('is required if the realm says so', async () => {
    const app = await startBridge({
      configuration: PERMISSIVE,
      settings: { registration: { open: true }, authorization: { pushedRequestsOnly: true } },
    });
    expect(await errorOf(app, await registered(app), {})).toBe('invalid_request');
  });
});
