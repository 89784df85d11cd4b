import { once } from 'node:events';
import { request } from 'node:http';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type Realm, realmSettings } from '@vestibule/core/realm';
import { type Addresses, OPEN_SEED, startApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register } from './support/oauth.ts';

const REDIRECT_URI = 'http://127.0.0.1:4711/cb';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** An app, and a token that its API accepts. */
async function start() {
  const app = await startApp();
  const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
  const arrived = await approve(authorizeUrl(app, client.client_id, { redirect_uri: REDIRECT_URI }));
  const { body } = await exchange(app, client.client_id, REDIRECT_URI, arrived);
  return { ...app, token: String(body.access_token) };
}

describe('a valid token', () => {
  test.each<[string, (token: string) => { query?: string } & RequestInit]>([
    [
      cite('in the address', 'rfc6750:2.3:query', 'rfc9700:4.3.2:no-query', 'mcp:token-requirements:query'),
      (token) => ({ query: `?access_token=${token}`, body: '{}' }),
    ],
    [cite('in a form', 'rfc6750:2.2:body'), (token) => ({ body: `access_token=${token}`, headers: FORM })],
    ['in a cookie', (token) => ({ body: '{}', headers: { cookie: `access_token=${token}` } })],
  ])('%s is none', async (_, place) => {
    const { notes, token } = await start();
    const { query = '', ...init } = place(token);
    const response = await fetch(`${notes.href}${query}`, { method: 'POST', ...init });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).not.toContain('error');
  });
});

test('the API responds “Connection: close” to a client that closes the connection after the response', async () => {
  const { notes, token } = await start();
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    connection: 'close',
  };
  const asked = request(notes, { method: 'POST', agent: false, headers });
  asked.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
  const [responded] = await once(asked, 'response');
  responded.resume();
  expect([responded.statusCode, responded.headers.connection]).toEqual([200, 'close']);
});

describe('the metadata of an API', () => {
  test(
    cite('is read by GET, as JSON, and by no other method', 'rfc9728:3.1:get', 'rfc9728:3.2:json'),
    async () => {
      const { issuer, notes } = await startApp();
      const url = `${issuer}/.well-known/oauth-protected-resource/mcp`;
      const response = await fetch(url);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
      expect(await response.json()).toMatchObject({ resource: notes.href });
      for (const method of ['POST', 'PUT', 'DELETE']) {
        expect((await fetch(url, { method })).status).toBe(405);
      }
    },
  );

  test(
    cite(
      'name no scope that is closed to agents, and no offline_access, nor do its challenges',
      'mcp:scope-selection-strategy:least',
      'mcp:refresh-tokens:offline-access',
    ),
    async () => {
      const { issuer, notes } = await startApp();
      const metadata = await (await fetch(`${issuer}/.well-known/oauth-protected-resource/mcp`)).json();
      expect(metadata.scopes_supported).toEqual(['notes:read', 'mcp:read', 'mcp:write']);
      const response = await fetch(notes, { method: 'POST', body: '{}' });
      expect(response.headers.get('www-authenticate')).toContain('scope="notes:read mcp:read mcp:write"');
    },
  );
});

describe('the API follows the gates of the realm that runs', () => {
  const told = async ({ issuer, notes }: Addresses) => {
    const metadata = await (await fetch(`${issuer}/.well-known/oauth-protected-resource/mcp`)).json();
    const { headers } = await fetch(notes, { method: 'POST', body: '{}' });
    const [, challenged] = /scope="([^"]*)"/.exec(headers.get('www-authenticate') ?? '') ?? [];
    return { metadata: metadata.scopes_supported, challenge: challenged?.split(' ') };
  };
  const everyScope = ['notes:read', 'mcp:read', 'mcp:write'];

  test.each<[string, (realm: Realm) => Realm, readonly string[] | undefined]>([
    [
      'a scope is closed',
      (realm) => ({
        ...realm,
        scopes: realm.scopes.map((one) => ({ ...one, openToDynamicClients: one.name === 'mcp:read' })),
      }),
      ['mcp:read'],
    ],
    [
      'a scope is opened',
      (realm) => ({ ...realm, scopes: realm.scopes.map((one) => ({ ...one, openToDynamicClients: true })) }),
      [...everyScope, 'notes:admin'],
    ],
    [
      'the API is closed',
      (realm) => ({ ...realm, apis: realm.apis.map((one) => ({ ...one, openToDynamicClients: false })) }),
      undefined,
    ],
    ['the realm is closed', (realm) => ({ ...realm, settings: realmSettings() }), undefined],
  ])('where %s', async (_, change, scopes) => {
    const app = await startApp();
    expect(await told(app)).toEqual({ metadata: everyScope, challenge: everyScope });
    await app.change(change);
    expect(await told(app)).toEqual({ metadata: scopes, challenge: scopes });
  });

  test('where tokens have to be bound to a key', async () => {
    const app = await startApp();
    await app.change((realm) => ({
      ...realm,
      apis: realm.apis.map((one) => ({ ...one, dpop: 'required' })),
    }));
    const metadata = await (await fetch(`${app.issuer}/.well-known/oauth-protected-resource/mcp`)).json();
    expect(metadata).toMatchObject({ dpop_bound_access_tokens_required: true });
    const { headers } = await fetch(app.notes, { method: 'POST', body: '{}' });
    expect(headers.get('www-authenticate')).toMatch(/^DPoP /);
  });
});

describe('userinfo', () => {
  const scopes = ['openid', 'profile'].map((name) => ({
    name,
    description: name,
    openToDynamicClients: true,
  }));
  const userinfo = {
    id: 'userinfo',
    name: 'Who you are',
    resource: '/connect/userinfo',
    scopes: ['openid', 'profile'],
    openToDynamicClients: true,
  };
  const metadataOf = async ({ issuer }: Addresses) =>
    (await fetch(`${issuer}/.well-known/openid-configuration`)).json();

  test('is advertised where a seed lists it as an API, and can be had there', async () => {
    const app = await startApp({
      ...OPEN_SEED,
      scopes: [...(OPEN_SEED.scopes ?? []), ...scopes],
      apis: [...(OPEN_SEED.apis ?? []), userinfo],
    });
    const { userinfo_endpoint: endpoint } = await metadataOf(app);
    expect(endpoint).toBe(`${app.issuer}/connect/userinfo`);
    const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
    const wanted = { redirect_uri: REDIRECT_URI, resource: endpoint, scope: 'openid profile' };
    const arrived = await approve(authorizeUrl(app, client.client_id, wanted));
    const { body } = await exchange(app, client.client_id, REDIRECT_URI, arrived, { resource: endpoint });
    const response = await fetch(endpoint, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(await response.json()).toMatchObject({ sub: expect.any(String), name: 'Ada Lovelace' });
  });

  test('is not advertised where no seed lists it', async () => {
    expect(await metadataOf(await startApp())).not.toHaveProperty('userinfo_endpoint');
  });
});

test(
  cite(
    'the metadata of the server is read by GET, as JSON, and by no other method',
    'rfc8414:3.1:get',
    'rfc8414:3.2:json',
  ),
  async () => {
    const { issuer } = await startApp();
    for (const name of ['oauth-authorization-server', 'openid-configuration']) {
      const url = `${issuer}/.well-known/${name}`;
      const response = await fetch(url);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
      for (const method of ['POST', 'PUT', 'DELETE']) {
        expect((await fetch(url, { method })).status).toBe(405);
      }
    }
  },
);
