import { openDatabase } from '@vestibule/database';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { realmAt } from '../src/realm.ts';
import { createRegistration } from '../src/registration.ts';

const issuer = 'http://localhost:4000';
const realm = realmAt(issuer);
const database = await openDatabase(process.env['TEST_DATABASE_URL'] ?? 'sqlite::memory:');
after(() => database.close());
const { routes, sweep } = createRegistration(realm, database, 'lookup-token');

async function send(path: string, init?: RequestInit): Promise<Response> {
  const url = new URL(path, issuer);
  const route = routes.find((candidate) => candidate.path === url.pathname);
  const response = await route?.endpoint(new Request(url, init), { ip: '127.0.0.1' });
  return response ?? new Response(null, { status: 404 });
}

const register = (metadata: object): Promise<Response> =>
  send('/connect/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });

const lookUp = (clientId: string, token = 'lookup-token'): Promise<Response> => {
  const query = new URLSearchParams({ client_id: clientId, resource: realm.apis[0]?.resource ?? '' });
  return send(`/lookup?${query}`, { headers: { authorization: `Bearer ${token}` } });
};

test('a client that asks for a secret is registered as a public client', async () => {
  const response = await register({
    redirect_uris: ['http://127.0.0.1/callback'],
    token_endpoint_auth_method: 'client_secret_basic',
  });
  assert.equal(response.status, 201);
  const client = await response.json();
  assert.equal(client.token_endpoint_auth_method, 'none');
  assert.equal('client_secret' in client, false);
});

test('the authorization server learns what a registered client may do', async () => {
  const { client_id } = await (await register({ redirect_uris: ['https://app.example/callback'] })).json();
  const { scopes } = await (await lookUp(client_id)).json();
  assert.deepEqual(scopes, ['{{apiId}}:read']);
});

test('an unknown client is not found', async () => {
  assert.equal((await lookUp('unknown')).status, 404);
});

test('the lookup is closed without its token', async () => {
  assert.equal((await lookUp('unknown', 'wrong')).headers.get('content-type'), null);
});

test('a client with a script as redirect URI is refused', async () => {
  const response = await register({ redirect_uris: ['javascript:alert(1)'] });
  assert.equal(response.status, 400);
  assert.equal((await response.json()).error, 'invalid_redirect_uri');
});

test('clients that were just registered survive a sweep', async () => {
  const { client_id } = await (await register({ redirect_uris: ['https://other.example/callback'] })).json();
  await sweep();
  assert.equal((await lookUp(client_id)).status, 200);
});
