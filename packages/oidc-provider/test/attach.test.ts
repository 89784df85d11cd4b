import { fixtures } from '@vestibule/client-fixtures';
import { cite } from '@vestibule/requirements';
import { newBrowser } from '@vestibule/testing/browser';
import { VERIFIER } from '@vestibule/testing/pkce';
import { describe, expect, test } from 'vitest';
import {
  approved,
  authorizeUrl,
  decided,
  exchanged,
  REDIRECT,
  refreshed,
  register,
  registered,
  send,
} from './support/agent.ts';
import { NOTES, OPEN, startBridge } from './support/start-bridge.ts';

describe('an agent that registers itself at an oidc-provider', () => {
  test('attaches: it registers, a person approves on the marked page, and it gets a token for one API', async () => {
    const app = await startBridge();
    const { status, body } = await register(app);
    expect([status, body.token_endpoint_auth_method, body.client_secret]).toEqual([201, 'none', undefined]);

    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, body.client_id));
    expect(page.text).toContain('[unverified]');
    expect(page.text).toContain('Gardening agent');
    const { away } = await decided(browser, page);
    expect(away?.searchParams.get('iss')).toBe(app.issuer);
    const tokens = await exchanged(app, body.client_id, away ?? new URL('about:blank'));
    expect(tokens.body).toMatchObject({
      scope: 'notes:read notes:write',
      expires_in: 900,
      token_type: 'Bearer',
    });
    expect(tokens.body.id_token).toBeUndefined();
    const [, row] = [...app.adapter.rows].find(([key]) => key.startsWith('AccessToken:')) ?? [];
    expect([row?.aud, row?.clientId]).toEqual([NOTES, body.client_id]);

    const again = await refreshed(app, body.client_id, tokens.body.refresh_token);
    expect(again.body.scope).toBe('notes:read notes:write');
    expect(again.body.refresh_token).not.toBe(tokens.body.refresh_token);
    expect(app.errors).toEqual([]);
  });

  test('gets only the scopes that the person left selected', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, clientId));
    const { away } = await decided(browser, page, { decision: 'approve' }, ['notes:read']);
    const { body } = await exchanged(app, clientId, away ?? new URL('about:blank'));
    expect(body.scope).toBe('notes:read');
  });

  test('is asked about again at the next authorization, although the person is signed in and approved before', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    await approved(app, clientId, {}, browser);
    const page = await browser.open(authorizeUrl(app, clientId));
    expect(page.text).toContain('[unverified]');
  });
});

describe(cite('every recorded agent', 'vestibule:oidc-provider:agents'), () => {
  test.each(fixtures.map((fixture) => [fixture.client, fixture] as const))(
    'attaches: %s',
    async (_, fixture) => {
      const app = await startBridge();
      const { body } = await register(app, {
        ...fixture.registration,
        scope: 'openid offline_access notes:read',
      });
      const redirectUri = fixture.redirects[0]?.uri ?? '';
      const arrived = await approved(app, body.client_id, {
        redirect_uri: redirectUri,
        scope: 'openid offline_access notes:read',
      });
      const { status, body: tokens } = await exchanged(app, body.client_id, arrived, {
        redirect_uri: redirectUri,
      });
      expect([status, tokens.scope]).toEqual([200, 'notes:read']);
      if (fixture.registration.grant_types?.includes('refresh_token') !== true) return;
      expect((await refreshed(app, body.client_id, tokens.refresh_token)).status).toBe(200);
      expect(app.errors).toEqual([]);
    },
  );
});

test('an agent attaches at a provider that is mounted below a path', async () => {
  const app = await startBridge({ mount: '/oidc' });
  const metadata = await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json();
  expect(metadata.registration_endpoint).toBe(`${app.issuer}/connect/register`);
  const { body: client } = await register(app);
  const { body } = await exchanged(app, client.client_id, await approved(app, client.client_id));
  expect(body.scope).toBe('notes:read notes:write');
  const managed = await fetch(client.registration_client_uri, {
    headers: { authorization: `Bearer ${client.registration_access_token}` },
  });
  expect(managed.status).toBe(200);
});

test('an agent that asks for a new sign-in and consent gets both, once', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const browser = newBrowser();
  await approved(app, clientId, {}, browser);
  const arrived = await approved(app, clientId, { prompt: 'login consent' }, browser);
  expect(arrived.searchParams.has('code')).toBe(true);
});

test('a hibernated agent gets no tokens until a person approves it again', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const { body } = await exchanged(app, clientId, await approved(app, clientId));
  const found = await app.stores.clients.find('main', clientId);
  if (found === undefined) throw new Error('The client does not exist.');
  const longAgo = Date.now() - 100 * 86_400_000;
  await app.stores.clients.replace({ ...found, lastUsedAt: longAgo }, found.version);
  expect((await refreshed(app, clientId, body.refresh_token)).body.error).toBe('invalid_grant');
  await approved(app, clientId);
  expect((await refreshed(app, clientId, body.refresh_token)).status).toBe(200);
});

test('an agent that was never used expires, and is told to register again', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const found = await app.stores.clients.find('main', clientId);
  if (found === undefined) throw new Error('The client does not exist.');
  await app.stores.clients.replace({ ...found, issuedAt: Date.now() - 2 * 3_600_000 }, found.version);
  const shown = await newBrowser().open(authorizeUrl(app, clientId));
  expect([shown.status, shown.away, shown.text.includes('invalid_client')]).toEqual([400, undefined, true]);
});

test('an agent that runs in a page can read registration, metadata and token responses, and errors', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const origin = { origin: 'https://agent.example' };
  const arrived = await approved(app, clientId);
  const fields = { grant_type: 'authorization_code', client_id: clientId, code: 'x', redirect_uri: REDIRECT };
  const failed = await send(app, { ...fields, code_verifier: VERIFIER }, '/token', origin);
  expect([failed.body.error, failed.headers.get('access-control-allow-origin')]).toEqual([
    'invalid_grant',
    origin.origin,
  ]);
  const code = arrived.searchParams.get('code') ?? '';
  const tokens = await send(app, { ...fields, code, code_verifier: VERIFIER }, '/token', origin);
  expect([tokens.status, tokens.headers.get('access-control-allow-origin')]).toEqual([200, origin.origin]);
  for (const path of ['/.well-known/oauth-authorization-server', '/connect/register']) {
    const response = await fetch(`${app.issuer}${path}`, { headers: origin });
    expect(response.headers.get('access-control-allow-origin')).not.toBeNull();
  }
});

test('an address that a proxy did not write does not give an agent limits of its own', async () => {
  const limits = { perAddressPerHour: 2, perNetworkPerHour: 2 };
  const app = await startBridge({ settings: { ...OPEN, registration: { ...OPEN.registration, limits } } });
  app.provider.proxy = true;
  const statuses: number[] = [];
  for (const forwarded of ['one', 'two', '192.0.2.1, three', '192.0.2.1, 192.0.2.2']) {
    const response = await fetch(`${app.issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
      body: JSON.stringify({ client_name: forwarded, redirect_uris: [REDIRECT] }),
    });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([201, 201, 429, 201]);
});
