import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readText } from '../body/read-text.ts';
import type { Endpoint } from '../handler.ts';
import { serveRoutes } from '../node/serve-routes.ts';
import { plainEndpoint } from './plain-endpoint.ts';
import type { PlainRequest } from './plain-request.ts';
import type { Reply } from './reply.ts';

/** An endpoint of another author, around an endpoint of this package: it gets standard objects. */
const wrapped =
  (endpoint: Endpoint): Endpoint =>
  async (request, info) =>
    endpoint(new Request(request), info);

async function serve(endpoint: Endpoint): Promise<number> {
  const handle = serveRoutes({
    origin: 'https://id.example',
    routes: [{ path: '/here', endpoint }],
    ip: () => '',
  });
  const server = createServer((...exchange) => void handle(...exchange)).listen(0, '127.0.0.1');
  onTestFinished(() => server.close().closeAllConnections());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function ask(endpoint: Endpoint, method: string) {
  const port = await serve(endpoint);
  const outgoing = send({ port, path: '/here', method, agent: false, headers: ['host', 'id.example'] }).end();
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('No response.');
  const { date: _date, ...headers } = incoming.headers;
  return { status: incoming.statusCode, headers, body: String(Buffer.concat(await incoming.toArray())) };
}

const text = { 'content-type': 'text/plain' };
test.each<[string, Reply]>([
  ['a body', { status: 200, headers: text, body: 'Größe' }],
  ['an empty body', { status: 200, headers: text, body: '' }],
  ['one cookie', { status: 200, headers: text, cookies: ['a=1; Path=/'], body: 'text' }],
  ['several cookies', { status: 303, headers: { location: '/#' }, cookies: ['a=1', 'b=2; HttpOnly'] }],
  ['no cookies and no body', { status: 303, headers: { location: '/#' }, cookies: [] }],
  ['a status without a body', { status: 204, headers: {}, cookies: ['a=1'] }],
  ['an unchanged document', { status: 304, headers: { etag: '"a"' } }],
])('sends %s as a Response does', async (_, reply) => {
  const endpoint = plainEndpoint(async () => reply);
  for (const method of ['GET', 'HEAD', 'POST']) {
    const direct = await ask(endpoint, method);
    expect(direct.headers['set-cookie'] ?? []).toEqual(reply.cookies ?? []);
    expect(direct).toEqual(await ask(wrapped(endpoint), method));
  }
});

/** What a handler sees of a request whose client disconnects before it is asked for the standard request. */
async function seenAfterHangUp(): Promise<PlainRequest> {
  const seen = Promise.withResolvers<PlainRequest>();
  const endpoint = plainEndpoint(async (request): Promise<Reply> => {
    await readText(request);
    socket.destroy();
    while (!request.isAborted()) await new Promise((resolve) => setImmediate(resolve));
    seen.resolve(request);
    return { status: 204, headers: {} };
  });
  const port = await serve(endpoint);
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /here HTTP/1.1\r\nHost: id.example\r\nContent-Length: 4\r\n\r\ntext');
  return seen.promise;
}

test('gives a standard request whose signal is aborted if the client has disconnected before', async () => {
  const standard = (await seenAfterHangUp()).standard();
  expect([standard.signal.aborted, standard.method, standard.url]).toEqual([
    true,
    'POST',
    'https://id.example/here',
  ]);
});

test('gives the same standard request each time', async () => {
  const seen: Request[] = [];
  const endpoint = plainEndpoint(async (request): Promise<Reply> => {
    seen.push(request.standard(), request.standard());
    return { status: 204, headers: {} };
  });
  await ask(endpoint, 'POST');
  expect(seen[0]).toBeInstanceOf(Request);
  expect(seen[1]).toBe(seen[0]);
});
