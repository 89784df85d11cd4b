import { beforeAll, expect, test } from 'vitest';
import { createAuth } from '../src/auth.ts';

const ORIGIN = 'http://localhost:3000';

let auth: Awaited<ReturnType<typeof createAuth>>;

beforeAll(async () => {
  auth = await createAuth(ORIGIN);
});

async function register(metadata: object) {
  const response = await auth.handler(
    new Request(`${ORIGIN}/api/auth/oauth2/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(metadata),
    }),
  );
  return { status: response.status, body: await response.json() };
}

test('an agent that asks for a secret becomes a public client on its computer, and gets none', async () => {
  const { status, body } = await register({
    redirect_uris: ['http://localhost:1234/cb'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  expect([status, body.token_endpoint_auth_method, body.client_secret]).toEqual([201, 'none', undefined]);
  expect(body.application_type).toBe('native');
});

test.each<[string, object, string, string]>([
  [
    'for client_credentials',
    { grant_types: ['client_credentials'] },
    'invalid_client_metadata',
    'grant-types',
  ],
  [
    'with a website over http',
    { redirect_uris: ['http://app.example/cb'] },
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
  const { status, body } = await register({ redirect_uris: ['https://app.example/cb'], ...more });
  expect([status, body.error]).toEqual([400, error]);
  expect(body.error_description).toContain(`[${rule}`);
});

test('without a limit the same address registers as often as it likes, because the hook counts nothing', async () => {
  const statuses = new Set<number>();
  for (let count = 0; count < 10; count += 1) {
    statuses.add((await register({ redirect_uris: [`http://localhost:1234/${count}`] })).status);
  }
  expect([...statuses]).toEqual([201]);
});
