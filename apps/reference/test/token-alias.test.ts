import { describe, expect, test } from 'vitest';
import { type Addresses, OPEN_SEED, openApp, type SeedFile, startApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register } from './support/oauth.ts';

const REDIRECT_URI = 'http://127.0.0.1:4711/cb';

/** Sends a request to the default path of MCP 2025-03-26 for clients without metadata, at the origin of the API. */
const askOrigin = (app: Addresses, path: string, init: RequestInit): Promise<Response> =>
  fetch(new URL(path, app.notes.origin), { redirect: 'manual', ...init });

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

test('a client that lost the metadata in a restart refreshes at /token of the API’s origin', async () => {
  const app = await startApp();
  const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
  const arrived = await approve(authorizeUrl(app, client.client_id, { redirect_uri: REDIRECT_URI }));
  const { body: first } = await exchange(app, client.client_id, REDIRECT_URI, arrived);
  const fields = { grant_type: 'refresh_token', client_id: client.client_id };
  const response = await askOrigin(app, '/token', form({ ...fields, refresh_token: first.refresh_token }));
  expect(response.status).toBe(200);
  const { access_token: access, refresh_token: refresh } = await response.json();
  expect(refresh).not.toBe(first.refresh_token);
  const headers = { authorization: `Bearer ${access}` };
  expect((await fetch(app.notes, { method: 'POST', body: '{}', headers })).status).not.toBe(401);
});

test('there is no other default address of MCP 2025-03-26', async () => {
  const app = await startApp();
  expect((await askOrigin(app, '/authorize', {})).status).toBe(404);
  expect((await askOrigin(app, '/register', form({}))).status).toBe(404);
  expect((await askOrigin(app, '/token', {})).status).toBe(405);
});

describe('/token', () => {
  const ask = async (seed: SeedFile, others: readonly SeedFile[] = []): Promise<Response> => {
    const app = await openApp(seed, { others });
    try {
      return await askOrigin(app, '/token', form({ grant_type: 'refresh_token' }));
    } finally {
      await app.stop();
    }
  };

  test('is no address where two realms have an API at the origin', async () => {
    const other: SeedFile = {
      ...OPEN_SEED,
      realm: { ...OPEN_SEED.realm, id: 'other', issuer: '/realms/other' },
      apis: [{ ...OPEN_SEED.apis?.[0], resource: '/other/mcp' }],
    };
    expect((await ask(OPEN_SEED, [other])).status).toBe(404);
  });

  test('is the API where the API is there', async () => {
    const apis = [{ ...OPEN_SEED.apis?.[0], resource: '/token' }];
    const { headers } = await ask({ ...OPEN_SEED, apis });
    expect(headers.get('www-authenticate')).toContain('/.well-known/oauth-protected-resource/token');
  });
});
