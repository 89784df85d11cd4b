import express from 'express';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Site } from '@vestibule/http/node';
import { createSitesRouter } from './sites.ts';

/** A site whose endpoint responds with the URL of its request. */
const site = (origin: string, path = '/here'): Site => ({
  origin,
  routes: [{ path, endpoint: async ({ url }) => new Response(url) }],
});

async function serve(sites: readonly Site[] | (() => Promise<readonly Site[]>)) {
  const app = express()
    .use(createSitesRouter({ sites }))
    .use((_request, response) => void response.status(404).send('nothing'));
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return async (host: string, path = '/here', more: Record<string, string> = {}): Promise<string> => {
    const request = get({ host: '127.0.0.1', port, path, headers: { host, ...more }, agent: false });
    const [response] = await once(request, 'response');
    let body = '';
    for await (const chunk of response) body += String(chunk);
    return body;
  };
}

const TWO = [site('https://a.example'), site('https://b.example:8443')];

test.each<[string, string, string]>([
  ['a host', 'a.example', 'https://a.example/here'],
  ['a host in another case', 'A.Example', 'https://a.example/here'],
  ['a host with its port', 'b.example:8443', 'https://b.example:8443/here'],
  ['a host without its port', 'b.example', 'nothing'],
  ['a host with another port', 'a.example:8443', 'nothing'],
  ['a host with a dot at its end', 'a.example.', 'nothing'],
  ['a host that is not configured', 'c.example', 'nothing'],
  ['a name of an object’s own', '__proto__', 'nothing'],
])('%s chooses among those that are configured: %s', async (_, host, answer) => {
  expect(await (await serve(TWO))(host)).toBe(answer);
});

test('no other header chooses', async () => {
  const ask = await serve(TWO);
  const forged = { 'x-forwarded-host': 'b.example:8443', forwarded: 'host="b.example:8443"' };
  expect(await ask('a.example', '/here', forged)).toBe('https://a.example/here');
});

test('a path of one site is not there at another', async () => {
  const ask = await serve([site('https://a.example', '/one'), site('https://b.example', '/two')]);
  expect(await ask('a.example', '/two')).toBe('nothing');
  expect(await ask('b.example', '/two')).toBe('https://b.example/two');
});

test('one site alone answers whatever the host says', async () => {
  const ask = await serve([site('https://a.example')]);
  expect(await ask('anything')).toBe('https://a.example/here');
});

test.each([
  ['localhost:4000', 'http://localhost:4000/here'],
  ['127.0.0.1:8080', 'http://localhost:4000/here'],
  ['evil.example:4000', 'nothing'],
  ['localhost.evil.example', 'nothing'],
])('one site on this computer answers at loopback hosts alone: %s', async (host, answer) => {
  const ask = await serve([site('http://localhost:4000')]);
  expect(await ask(host)).toBe(answer);
});

test('a whole URL in the request line says the host, whatever Host says', async () => {
  const ask = await serve([site('http://localhost:4000')]);
  expect(await ask('localhost', 'http://evil.example/here')).toBe('nothing');
  expect(await ask('evil.example', 'http://localhost:4000/here')).toBe('http://localhost:4000/here');
});

test('two sites of one host are a mistake', () => {
  expect(() => createSitesRouter({ sites: [site('https://a.example'), site('http://a.example')] })).toThrow(
    'same host',
  );
});

test('sites that change are followed from the next request on, and a site that stays keeps its router', async () => {
  const [a, b] = TWO;
  let current: readonly Site[] = TWO.slice(0, 2);
  const ask = await serve(async () => current);
  expect(await ask('b.example:8443')).toBe('https://b.example:8443/here');
  current = a === undefined ? [] : [a, site('https://c.example')];
  expect(await ask('b.example:8443')).toBe('nothing');
  expect(await ask('c.example')).toBe('https://c.example/here');
  expect(await ask('a.example')).toBe('https://a.example/here');
  current = b === undefined ? [] : [b];
  expect(await ask('a.example')).toBe('https://b.example:8443/here');
});

test('two current sites of one host are an error for the app', async () => {
  const ask = await serve(async () => [site('https://a.example'), site('http://a.example')]);
  expect(await ask('a.example')).toContain('Two sites have the same host.');
});
