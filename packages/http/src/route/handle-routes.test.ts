import { expect, test } from 'vitest';
import type { Endpoint } from '../handler.ts';
import { handleRoutes } from './handle-routes.ts';

const INFO = { ip: '192.0.2.1' };
const found: Endpoint = async ({ url }) => new Response(url);
const handle = (origin: string, endpoint: Endpoint = found, anyHost = false): Endpoint =>
  handleRoutes({ origin, routes: [{ path: '/here', endpoint }], anyHost });

test('gives the endpoint the same request if its URL has the configured origin', async () => {
  const seen: Request[] = [];
  const handler = handle('https://id.example', async (request) => {
    seen.push(request);
    return new Response();
  });
  const request = new Request('https://id.example/here');
  await handler(request, INFO);
  expect(seen).toEqual([request]);
});

test.each([
  'https://evil.example/here?a',
  'http://id.example/here?a',
  'https://id.example.evil.example/here?a',
])('replaces the origin of %s', async (url) => {
  const response = await handle('https://id.example')(new Request(url), INFO);
  expect(await response?.text()).toBe('https://id.example/here?a');
});

test.each([
  ['http://localhost:3000/here', 'localhost:3000', true],
  ['http://localhost:3000/here', undefined, true],
  ['http://evil.example/here', 'localhost:3000', false],
  ['http://localhost:3000/here', 'evil.example', false],
])('serves a loopback origin if URL and Host name loopback: %s, %s: %j', async (url, host, expected) => {
  const request = new Request(url, { headers: host === undefined ? {} : { host } });
  expect((await handle('http://localhost:4000')(request, INFO)) !== undefined).toBe(expected);
  expect(await handle('http://localhost:4000', found, true)(request, INFO)).toBeDefined();
});

test('throws an error that says what to do if the body was read before', async () => {
  const request = new Request('https://id.example/here', { method: 'POST', body: 'text' });
  await request.text();
  await expect(handle('https://id.example')(request, INFO)).rejects.toThrow(
    'Mount these routes before body parsers.',
  );
});

test('responds to HEAD although the body of the response cannot be canceled', async () => {
  const cancel = (): never => {
    throw new Error('bug in the stream');
  };
  const endpoint: Endpoint = async () => new Response(new ReadableStream({ cancel }), { status: 201 });
  const request = new Request('https://id.example/here', { method: 'HEAD' });
  const response = await handle('https://id.example', endpoint)(request, INFO);
  expect([response?.status, response?.body]).toEqual([201, null]);
});

test('leaves the body of a request that it passes on unread', async () => {
  const request = new Request('http://localhost/here', { method: 'POST', body: 'text' });
  expect(await handle('https://id.example', async () => undefined)(request, INFO)).toBeUndefined();
  expect(await request.text()).toBe('text');
});

test.each(['https://id.example/', 'https://id.example/x', 'id.example', ''])('%j is no origin', (origin) => {
  expect(() => handle(origin)).toThrow(/must be scheme, host and port alone/);
});

test('names an option that is misspelt', () => {
  const options = { origin: 'https://id.example', routes: [], anyhost: true };
  expect(() => handleRoutes(options)).toThrow(
    'handleRoutes: unknown option "anyhost". Did you mean "anyHost"?',
  );
});
