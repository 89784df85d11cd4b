import { OAuthProvider } from '@cloudflare/workers-oauth-provider';
import { realmSettings } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { registrationCallback } from '../src/registration-callback.ts';
import { worker } from '../src/worker.ts';

/** A namespace of KV in memory, as far as registrations use it. */
function createEnvironment() {
  const kept = new Map<string, string>();
  const namespace = {
    get: async (key: string) => kept.get(key) ?? null,
    put: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
    list: async () => ({ keys: [], list_complete: true }),
  };
  return { environment: { OAUTH_KV: namespace }, kept };
}

const EXECUTION = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };

type Fetch = (request: Request, environment: never, execution: never) => Promise<Response>;

async function register(fetch: Fetch, metadata: object) {
  const { environment, kept } = createEnvironment();
  const request = new Request('https://agents.example/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  const response = await fetch(request, environment as never, EXECUTION as never);
  return { status: response.status, body: await response.json(), stored: kept.size };
}

const atWorker = (metadata: object) => register(worker.fetch as Fetch, metadata);

test.each<[string, object, string]>([
  ['for client_credentials', { grant_types: ['client_credentials'] }, 'client_credentials'],
  ['with a redirect URI that is a script', { redirect_uris: ['javascript:alert(1)'] }, ''],
  ['under a reserved name in other letters', { client_name: 'АCME' }, 'client-name.reserved'],
])('a registration %s is refused, and nothing is stored', async (_, more, rule) => {
  const { status, body, stored } = await atWorker({ redirect_uris: ['https://app.example/cb'], ...more });
  expect([status, stored]).toEqual([400, 0]);
  expect(body.error_description).toContain(rule);
});

test('an agent that asks for a secret becomes a public client in front of the worker', async () => {
  const { status, body } = await atWorker({
    redirect_uris: ['http://localhost:1234/cb'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  expect([status, body.token_endpoint_auth_method, body.client_secret]).toEqual([201, 'none', undefined]);
});

test('the callback alone cannot narrow: an agent that asks for a secret gets one', async () => {
  const settings = realmSettings({}).registration;
  const provider = new OAuthProvider({
    apiRoute: '/mcp',
    resourceMetadata: {
      resource: 'https://agents.example/mcp',
      authorization_servers: ['https://agents.example'],
    },
    apiHandler: { fetch: async () => Response.json({}) },
    defaultHandler: { fetch: async () => Response.json({}) },
    authorizeEndpoint: '/authorize',
    tokenEndpoint: '/token',
    clientRegistrationEndpoint: '/register',
    clientRegistrationCallback: registrationCallback({
      issuer: 'https://agents.example',
      settings,
      scopes: [],
    }),
  });
  const { status, body } = await register(provider.fetch.bind(provider) as Fetch, {
    redirect_uris: ['http://localhost:1234/cb'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  expect([status, typeof body.client_secret]).toEqual([201, 'string']);
});
