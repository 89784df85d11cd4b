import { once } from 'node:events';
import { createServer } from 'node:http';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createProvider } from '../src/provider.ts';

beforeAll(() => {
  // oidc-provider warns about every default setting.
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
});

interface Registered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function start(): Promise<(metadata: object, url?: string, token?: string) => Promise<Registered>> {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const issuer = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  server.on('request', createProvider(issuer).callback());
  return async (metadata, url = `${issuer}/reg`, token) => {
    const response = await fetch(url, {
      method: token === undefined ? 'POST' : 'PUT',
      body: JSON.stringify(metadata),
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });
    return { status: response.status, body: await response.json() };
  };
}

test('an agent that asks for a secret becomes a public client on its computer, and gets none', async () => {
  const register = await start();
  const { status, body } = await register({
    redirect_uris: ['http://localhost:1234/cb'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  });
  expect(body).not.toHaveProperty('client_secret');
});

test.each<[string, object, string, string]>([
  [
    'for client_credentials',
    { grant_types: ['client_credentials'] },
    'invalid_client_metadata',
    'grant-types',
  ],
  [
    'with a script as redirect URI',
    { redirect_uris: ['javascript:alert(1)'] },
    'invalid_redirect_uri',
    'redirect-uris',
  ],
  [
    'under a reserved name in other letters',
    { client_name: 'АCME' },
    'invalid_client_metadata',
    'client-name.reserved',
  ],
])('a registration %s is refused with the id of its rule', async (_, more, error, rule) => {
  const register = await start();
  const { status, body } = await register({ redirect_uris: ['https://app.example/cb'], ...more });
  expect([status, body['error']]).toEqual([400, error]);
  expect(body['error_description']).toContain(`[${rule}`);
});

test('an update of a registration is judged like a new one', async () => {
  const register = await start();
  const { body } = await register({ redirect_uris: ['http://localhost:1234/cb'] });
  const update = { client_id: body['client_id'], redirect_uris: ['javascript:alert(1)'] };
  const updated = await register(
    update,
    String(body['registration_client_uri']),
    String(body['registration_access_token']),
  );
  expect(updated.status).toBe(400);
});

test('without a limit the same address registers as often as it likes, because the validator knows no address', async () => {
  const register = await start();
  const statuses = new Set<number>();
  for (let count = 0; count < 20; count += 1) {
    statuses.add((await register({ redirect_uris: [`http://localhost:1234/${count}`] })).status);
  }
  expect([...statuses]).toEqual([201]);
});
