import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { requireToken, serveMetadata, tokenOf } from '../src/express/index.ts';
import { apiWith } from './issuer.ts';

/** An Express application with a route for readers, one for writers and an unprotected one. */
async function listening(options: Parameters<typeof apiWith>[0] = {}) {
  const world = await apiWith({ dpop: 'offered', ...options });
  const { api } = world;
  const app = express();
  const below = express.Router();
  below.post('/mcp', requireToken(api), (request, response) => void response.json(tokenOf(request)));
  below.post('/mcp/write', requireToken(api, ['write']), (_, response) => void response.json('written'));
  app.get(api.metadataPath, serveMetadata(api));
  app.get('/open', (request, response) => void response.json(tokenOf(request)));
  app.use(below);
  app.use((error: Error & { status?: number }, _: Request, response: Response, _next: NextFunction) => {
    response.status(error.status ?? 500).json(error.message);
  });
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  return { ...world, ask };
}

test('passes a valid token on, and tells the route whose it is', async () => {
  const { ask, accessToken } = await listening();
  const response = await ask('/mcp', { authorization: `Bearer ${await accessToken()}` });
  expect(await response.json()).toMatchObject({ subject: 'ada', clientId: 'app', scopes: ['read'] });
});

test('takes a bound token with a proof for the address that clients know, query left aside', async () => {
  const { ask, boundToken, proof } = await listening();
  const token = await boundToken();
  const headers = { authorization: `DPoP ${token}`, dpop: await proof(token) };
  expect((await ask('/mcp?session=1', headers)).status).toBe(200);
  expect((await ask('/mcp', headers)).status).toBe(401);
  const elsewhere = {
    ...headers,
    dpop: await proof(token, { htu: 'https://evil.example/mcp' }),
    host: 'evil.example',
  };
  expect((await ask('/mcp', elsewhere)).status).toBe(401);
});

test('responds with the challenge without a token, or with too few scopes', async () => {
  const { ask, accessToken } = await listening();
  const none = await ask('/mcp');
  expect(none.status).toBe(401);
  expect(none.headers.get('www-authenticate')).toMatch(
    /^Bearer scope="read", resource_metadata=.*, DPoP algs=/,
  );
  const few = await ask('/mcp/write', { authorization: `Bearer ${await accessToken()}` });
  expect(few.status).toBe(403);
  expect(few.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  expect(await few.json()).toMatchObject({ error: 'insufficient_scope' });
});

test('serves the metadata that the challenge names', async () => {
  const { ask, api } = await listening();
  const response = await ask(api.metadataPath, {}, 'GET');
  expect(await response.json()).toMatchObject({ resource: api.resource });
});

test('an outage of the issuer is a 503 of the application', async () => {
  const fetch = () => Promise.reject(new TypeError('fetch failed'));
  const { ask, accessToken } = await listening({ fetch });
  expect((await ask('/mcp', { authorization: `Bearer ${await accessToken()}` })).status).toBe(503);
});

test('an unprotected route has no token', async () => {
  const { ask } = await listening();
  const response = await ask('/open', {}, 'GET');
  expect([response.status, await response.json()]).toEqual([
    500,
    'No requireToken stands before this route.',
  ]);
});

test('does not send the metadata again to a client that has it', async () => {
  const { ask, api } = await listening();
  const first = await ask(api.metadataPath, {}, 'GET');
  const etag = first.headers.get('etag') ?? '';
  expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[\w-]{43}"$/)]);
  const second = await ask(api.metadataPath, { 'if-none-match': etag }, 'GET');
  expect([second.status, second.headers.get('etag'), await second.text()]).toEqual([304, etag, '']);
});
