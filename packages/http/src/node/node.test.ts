import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { discardRest, sendResponse, toRequest } from './index.ts';

const ORIGIN = 'https://id.example';
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A plain Node server with one handleron a free port. */
async function serve(handler: (request: Request) => Promise<Response>): Promise<number> {
  const server = createServer(async (incoming, outgoing) => {
    const request = toRequest(incoming, ORIGIN, new AbortController().signal);
    const response = request === undefined ? new Response(null, { status: 405 }) : await handler(request);
    await sendResponse(response, outgoing, incoming.method ?? 'GET');
    discardRest(incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close().closeAllConnections());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

test('a handler on a plain Node server gets the origin that was given, whatever Host says', async () => {
  const port = await serve(async ({ url }) => new Response(url));
  const outgoing = send({ port, path: '/a?b=c', headers: { host: 'evil.example' } }).end();
  const [incoming] = await once(outgoing, 'response');
  expect(String(await incoming.toArray())).toBe('https://id.example/a?b=c');
});

test('a request body arrives whole at a handler on a plain Node server', async () => {
  const port = await serve(async (request) => new Response(await request.text()));
  const body = 'x'.repeat(200_000);
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
  expect(await response.text()).toBe(body);
});

test('each Set-Cookie of a response is sent as a header of its own', async () => {
  const headers = new Headers([
    ['set-cookie', 'a=1; Path=/'],
    ['set-cookie', 'b=2; Expires=Thu, 01 Jan 2026 00:00:00 GMT'],
  ]);
  const port = await serve(async () => new Response(null, { headers }));
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.headers.getSetCookie()).toEqual(headers.getSetCookie());
});

test.each(['close', 'keep-alive'])(
  'header fields about the connection are dropped from a response, and the server responds to “Connection: %s” itself',
  async (connection) => {
    const opposite = connection === 'close' ? 'keep-alive' : 'close';
    const headers = {
      connection: `${opposite}, X-Hop`,
      'keep-alive': 'timeout=1000',
      'proxy-connection': opposite,
      te: 'gzip',
      'transfer-encoding': 'identity',
      upgrade: 'h2c',
      'x-hop': 'named by Connection',
      'x-end': 'for the client',
    };
    const port = await serve(async () => new Response('a body', { headers }));
    const outgoing = send({ port, agent: false, headers: { connection } }).end();
    const [incoming] = await once(outgoing, 'response');
    expect(String(await incoming.toArray())).toBe('a body');
    const { 'keep-alive': kept, ...received } = incoming.headers;
    expect(kept).not.toBe('timeout=1000');
    expect(received).toEqual({
      connection,
      'content-type': 'text/plain;charset=UTF-8',
      date: expect.any(String),
      'transfer-encoding': 'chunked',
      'x-end': 'for the client',
    });
  },
);

test('a response to HEAD is sent without its body', async () => {
  const port = await serve(async () => new Response('a body', { headers: { 'x-length': '6' } }));
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' });
  expect([response.headers.get('x-length'), await response.text()]).toEqual(['6', '']);
});

test('a method that no fetch request can have becomes no request', async () => {
  const port = await serve(async () => new Response('handled'));
  const outgoing = send({ port, method: 'TRACE' }).end();
  const [incoming] = await once(outgoing, 'response');
  expect(incoming.statusCode).toBe(405);
});
