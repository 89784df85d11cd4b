import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { readText } from '../body/read-text.ts';
import type { Endpoint } from '../handler.ts';
import { serveRoutes } from '../node/serve-routes.ts';
import type { PlainRequest } from './plain-request.ts';
import { programEndpoint } from './program-endpoint.ts';
import { jsonReply } from './reply.ts';

const REPEATED = [
  'authorization',
  'x-forwarded-for',
  'cookie',
  'content-type',
  'x-other',
  'accept',
  'user-agent',
];

/** What a handler can see of a request. */
const seenOf = async (request: PlainRequest) => ({
  method: request.method,
  url: request.url,
  hasQuery: request.hasQuery,
  headers: REPEATED.map((name) => request.headers.get(name)),
  upper: request.headers.has('AUTHORIZATION'),
  body: await readText(request),
});

const echo = programEndpoint({
  methods: ['POST', 'PUT', 'GET'],
  onError: () => undefined,
  handler: async (request) => jsonReply(200, await seenOf(request), { 'x-made-by': 'Größe' }),
});
const failing = (errors: unknown[]) =>
  programEndpoint({
    methods: ['POST'],
    onError: (error, request) =>
      errors.push([error, request instanceof Request, request.method, request.url]),
    handler: () => Promise.reject(new Error('outage')),
  });

/** An endpoint of another author, around an endpoint of this package: it gets standard objects. */
const wrapped =
  (endpoint: Endpoint): Endpoint =>
  async (request, info) => {
    const response = await endpoint(new Request(request), info);
    expect([request instanceof Request, response instanceof Response]).toEqual([true, true]);
    return response;
  };

async function ask(
  endpoint: Endpoint,
  method: string,
  path: string,
  fields: readonly string[],
  body: string,
) {
  const handle = serveRoutes({
    origin: 'https://id.example',
    routes: [{ path: '/here', endpoint }],
    ip: () => '',
  });
  const server = createServer((...exchange) => void handle(...exchange)).listen(0, '127.0.0.1');
  onTestFinished(() => server.close().closeAllConnections());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const length = body === '' ? [] : ['content-length', String(Buffer.byteLength(body))];
  const headers = ['host', 'id.example', ...fields, ...length];
  const outgoing = send({ port, path, method, agent: false, headers }).end(body);
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('No response.');
  const { date: _date, ...answered } = incoming.headers;
  return {
    status: incoming.statusCode,
    headers: answered,
    body: String(Buffer.concat(await incoming.toArray())),
  };
}

test.each<[string, string, string, readonly string[], string]>([
  ['a body', 'POST', '/here', ['content-type', 'text/plain'], 'Größe'],
  ['an empty body', 'POST', '/here', [], ''],
  ['a large body', 'POST', '/here', [], 'x'.repeat(60_000)],
  ['a body over the limit', 'PUT', '/here', [], 'x'.repeat(70_000)],
  ['no body', 'GET', '/here?a=b%20c', [], ''],
  ['a method without a body in the response', 'HEAD', '/here', [], ''],
  ['a URL to be normalized', 'POST', '/here?a=\'|"&b=%C3%A9', [], ''],
  [
    'repeated fields',
    'POST',
    '/here',
    ['Authorization', 'a', 'authorization', 'b', 'X-Other', '1', 'x-other', '2'],
    '',
  ],
  ['repeated cookies', 'POST', '/here', ['Cookie', 'a=1', 'Cookie', 'b=2'], ''],
  ['spaces around a value', 'POST', '/here', ['X-Other', '  a  '], ''],
  ['an empty field', 'POST', '/here', ['Authorization', ''], ''],
  ['a method that is not allowed', 'DELETE', '/here', [], ''],
  ['a preflight', 'OPTIONS', '/here', ['Origin', 'https://app.example'], ''],
])('responds to %s as through a Request and a Response', async (_, ...asked) => {
  const direct = await ask(echo, ...asked);
  expect(direct.status).toBeLessThan(500);
  expect(direct).toEqual(await ask(wrapped(echo), ...asked));
});

test('passes a standard request to the error handler', async () => {
  const errors: unknown[] = [];
  const direct = await ask(failing(errors), 'POST', '/here', [], 'text');
  expect(direct).toMatchObject({ status: 500, headers: { 'access-control-allow-origin': '*' } });
  expect(await ask(wrapped(failing(errors)), 'POST', '/here', [], 'text')).toEqual(direct);
  const seen = [new Error('outage'), true, 'POST', 'https://id.example/here'];
  expect(errors).toEqual([seen, seen]);
});

test('passes a standard request to the error handler after the body was read', async () => {
  const errors: unknown[] = [];
  const endpoint = programEndpoint({
    methods: ['POST'],
    onError: (error, request) => errors.push([error, request.method]),
    handler: async (request) => {
      await readText(request);
      throw new Error('outage');
    },
  });
  expect((await ask(endpoint, 'POST', '/here', [], 'text')).status).toBe(500);
  expect(errors).toEqual([[new Error('outage'), 'POST']]);
});
