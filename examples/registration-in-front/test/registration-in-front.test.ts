import { obtainToken } from '@vestibule/example-agent';
import { createResourceServer } from '@vestibule/resource-server';
import { requireToken, serveMetadata, tokenOf } from '@vestibule/resource-server/express';
import { freePort } from '@vestibule/testing/port';
import express from 'express';
import { once } from 'node:events';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { ADA, start } from '../src/start.ts';

const APP = { client_name: 'Agent', redirect_uris: ['https://agent.example/callback'] };

beforeAll(() => {
  // The provider prints what a production server should configure.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
});

const PKCE = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };

function authorizationUrl(issuer: string, more: Readonly<Record<string, string>>): URL {
  const url = new URL(`${issuer}/auth`);
  const [redirectUri = ''] = APP.redirect_uris;
  url.search = new URLSearchParams({
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'notes:read',
    ...more,
  }).toString();
  return url;
}

/** Both servers, and an API that accepts the tokens of the one that exists. */
async function startAll() {
  const [port, existingPort, apiPort] = [await freePort(), await freePort(), await freePort()];
  const resource = `http://127.0.0.1:${apiPort}/notes`;
  const started = await start(port, existingPort, resource);
  const { issuer, registrationEndpoint } = started;
  const server = createResourceServer({
    issuer,
    resource,
    jwksUri: `${issuer}/jwks`,
    scopes: ['notes:read'],
  });
  const app = express();
  app.get(server.metadataPath, serveMetadata(server));
  app.get('/notes', requireToken(server, ['notes:read']), (request, response) => {
    response.json(tokenOf(request));
  });
  const listening = app.listen(apiPort, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => {
    started.stop();
    listening.closeAllConnections();
    listening.close();
  });
  return {
    ...started,
    resource,
    /** Whether a client can begin an authorization there. */
    async knows(clientId: string): Promise<boolean> {
      const response = await fetch(authorizationUrl(issuer, { client_id: clientId, resource, ...PKCE }), {
        redirect: 'manual',
      });
      return response.headers.get('location')?.startsWith('/interaction/') === true;
    },
    async register(body: object) {
      const response = await fetch(registrationEndpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer: Record<string, unknown> = Object(await response.json());
      return { status: response.status, answer };
    },
  };
}

test('an unknown agent registers in front, and gets a token of the server that exists', async () => {
  const { resource } = await startAll();
  const pages: string[] = [];
  const { token, clientId } = await obtainToken({
    server: new URL(resource),
    person: ADA,
    onPage: ({ kind, lines }) => void pages.push(`${kind}: ${lines.join(' ')}`),
  });
  const response = await fetch(resource, { headers: { authorization: `Bearer ${token}` } });
  expect(await response.json()).toMatchObject({ subject: 'ada', clientId, scopes: ['notes:read'] });
  // The page of the other server says what is not known of the agent.
  expect(pages.at(-1)).toMatch(/^consent: Demo agent \[unverified\]/);
});

test('what our policy refuses, the server that exists never hears of', async () => {
  const { register } = await startAll();
  const { status, answer } = await register({ ...APP, grant_types: ['client_credentials'] });
  expect([status, answer['error']]).toEqual([400, 'invalid_client_metadata']);
});

test('a client has no secret at the server that exists, whatever it asked for', async () => {
  const { register, issuer } = await startAll();
  const { answer } = await register({ ...APP, token_endpoint_auth_method: 'client_secret_basic' });
  expect(answer).toMatchObject({ token_endpoint_auth_method: 'none' });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: String(answer['client_id']),
  });
  const response = await fetch(`${issuer}/token`, { method: 'POST', body });
  expect([response.status, Object(await response.json()).error]).toEqual([
    400,
    expect.stringMatching(/unauthorized_client|unsupported_grant_type/),
  ]);
});

test.each([
  ['a code without PKCE', { resource: true, pkce: false }, 'invalid_request'],
  ['a token for no API', { resource: false, pkce: true }, 'invalid_target'],
])('the server that exists refuses %s itself', async (_, { resource: names, pkce }, error) => {
  const { register, issuer, resource } = await startAll();
  const { answer } = await register(APP);
  const url = authorizationUrl(issuer, {
    client_id: String(answer['client_id']),
    ...(names && { resource }),
    ...(pkce && PKCE),
  });
  const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
  expect(new URL(location).searchParams.get('error')).toBe(error);
});

test('an agent whose client could not be created there tries again, and is created then', async () => {
  const { register, stopExisting, startExisting, knows } = await startAll();
  stopExisting();
  expect((await register(APP)).status).toBe(503);
  await startExisting();
  const { status, answer } = await register(APP);
  expect([status, await knows(String(answer['client_id']))]).toEqual([201, true]);
});
