import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as send,
  type RequestOptions,
  type Server,
} from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readText } from '../body/read-text.ts';
import type { Endpoint, Handler } from '../handler.ts';
import { withCors } from '../response/cors.ts';
import { ASK_EACH_TIME, createDocumentPreparer, documentEndpoint } from '../response/document.ts';
import { withErrorBoundary } from '../response/error-boundary.ts';
import { json } from '../response/json.ts';
import { serveRoutes } from './serve-routes.ts';

/** A plain Node server with one route, `/here`, on a free port. */
async function serve(endpoint: Endpoint): Promise<number> {
  const handle = serveRoutes({
    origin: 'https://id.example',
    routes: [{ path: '/here', endpoint }],
    ip: () => '192.0.2.1',
  });
  const server = createServer(async (incoming, outgoing) => {
    try {
      if (!(await handle(incoming, outgoing))) outgoing.writeHead(404).end();
    } catch (error) {
      outgoing.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.close().closeAllConnections());
  return portOf(server);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

async function ask(port: number, options: RequestOptions = {}, body?: string) {
  const outgoing = send({ port, path: '/here', agent: false, ...options }).end(body);
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('No response.');
  const { date: _date, connection: _connection, ...headers } = incoming.headers;
  return { status: incoming.statusCode, headers, body: String(Buffer.concat(await incoming.toArray())) };
}

describe('a document', () => {
  const prepare = createDocumentPreparer();
  const document = prepare({ name: 'Größe' }, ASK_EACH_TIME);
  const { etag } = document;
  const around = (handler: Handler): Handler =>
    withCors(
      ['GET'],
      withErrorBoundary(() => undefined, handler),
    );
  const endpoint = documentEndpoint(async () => document, around);
  const text = new TextDecoder().decode(document.body);
  const headers = { ...document.headers, 'content-length': String(document.body.byteLength) };

  test.each([
    ['GET', text],
    ['HEAD', ''],
  ])('is sent with its length: %s', async (method, body) => {
    const port = await serve(endpoint);
    expect(await ask(port, { method })).toEqual({ status: 200, headers, body });
  });

  test('is sent by the shortcut as the endpoint itself responds', async () => {
    const direct = await ask(await serve(endpoint));
    expect(await ask(await serve((request, info) => endpoint(request, info)))).toEqual(direct);
    expect(await ask(await serve(endpoint), { headers: { 'if-none-match': etag } })).toEqual(
      await ask(await serve((request, info) => endpoint(request, info)), {
        headers: { 'if-none-match': etag },
      }),
    );
  });

  test.each(['GET', 'HEAD'])('is not sent again to a client that has it: %s', async (method) => {
    const port = await serve(endpoint);
    const asked = await ask(port, { method, headers: { 'if-none-match': `"other", W/${etag}` } });
    expect(asked).toEqual({ status: 304, headers: document.unchangedHeaders, body: '' });
  });

  test('is read anew for each request', async () => {
    let current = document;
    const port = await serve(documentEndpoint(async () => current, around));
    const known = { headers: { 'if-none-match': etag } };
    expect((await ask(port, known)).status).toBe(304);
    current = prepare({ name: 'changed' }, ASK_EACH_TIME);
    expect(await ask(port, known)).toMatchObject({ status: 200, body: '{"name":"changed"}' });
  });

  test('is not created for other methods', async () => {
    const port = await serve(documentEndpoint(() => expect.unreachable(), around));
    expect(await ask(port, { method: 'DELETE' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
    expect((await ask(port, { method: 'OPTIONS' })).status).toBe(204);
  });

  describe('is read', () => {
    /** A document, and how often it was read. */
    function counted() {
      let reads = 0;
      const read = async () => prepare({ reads: (reads += 1) }, ASK_EACH_TIME);
      return documentEndpoint(read, around);
    }

    test('for each request that follows a response', async () => {
      const port = await serve(counted());
      const bodies = [await ask(port), await ask(port), await ask(port)].map(({ body }) => body);
      expect(bodies).toEqual(['{"reads":1}', '{"reads":2}', '{"reads":3}']);
    });

    test('once for requests that are handled in the same turn', async () => {
      const routes = [{ path: '/here', endpoint: counted() }];
      const handle = serveRoutes({ origin: 'https://id.example', routes, ip: () => '' });
      const waiting: Parameters<typeof handle>[] = [];
      const server = createServer((...exchange) => {
        if (waiting.push(exchange) < 3) return;
        for (const one of waiting) void handle(...one);
      }).listen(0, '127.0.0.1');
      onTestFinished(() => server.close().closeAllConnections());
      await once(server, 'listening');
      const port = portOf(server);
      const bodies = (await Promise.all([ask(port), ask(port), ask(port)])).map(({ body }) => body);
      expect(bodies).toEqual(['{"reads":1}', '{"reads":1}', '{"reads":1}']);
    });

    test('for each pipelined request, which can be younger than the one before it', async () => {
      const socket = connect(await serve(counted()), '127.0.0.1');
      const request = 'GET /here HTTP/1.1\r\nHost: x\r\n';
      socket.write(`${request}\r\n${request}Connection: close\r\n\r\n`);
      const received = String(Buffer.concat(await socket.toArray()));
      expect(received.match(/\{.*?\}/g)).toEqual(['{"reads":1}', '{"reads":2}']);
    });
  });

  test('reports a failure by its endpoint, with the same response', async () => {
    const errors: unknown[] = [];
    const failing = documentEndpoint(
      () => Promise.reject(new Error('outage')),
      (handler) =>
        withCors(
          ['GET'],
          withErrorBoundary((error) => errors.push(error), handler),
        ),
    );
    const response = await ask(await serve(failing));
    expect([response.status, response.headers['access-control-allow-origin']]).toEqual([500, '*']);
    expect(errors).toEqual([new Error('outage')]);
  });
});

describe('a response', () => {
  test.each(['GET', 'HEAD'])('has its length if its body is known as a whole: %s', async (method) => {
    const port = await serve(async () => json(200, { name: 'Größe' }));
    const { headers, body } = await ask(port, { method });
    expect(headers['content-length']).toBe(String(Buffer.byteLength('{"name":"Größe"}')));
    expect(headers['transfer-encoding']).toBeUndefined();
    expect(body).toBe(method === 'HEAD' ? '' : '{"name":"Größe"}');
  });

  test('is sent piece by piece if its body is a stream', async () => {
    const more = Promise.withResolvers<void>();
    const stream = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('first'));
        await more.promise;
        controller.enqueue(new TextEncoder().encode('second'));
        controller.close();
      },
    });
    const port = await serve(async () => new Response(stream));
    const [incoming]: IncomingMessage[] = await once(send({ port, path: '/here' }).end(), 'response');
    const pieces: string[] = [];
    for await (const piece of incoming ?? []) {
      pieces.push(String(piece));
      more.resolve();
    }
    expect(pieces).toEqual(['first', 'second']);
  });
});

describe('the body of a request', () => {
  const post = (port: number, body: string) => ask(port, { method: 'POST' }, body);

  test('can be read once', async () => {
    const port = await serve(async (request) => {
      await readText(request);
      return json(200, [request.bodyUsed, await request.text().catch(String)]);
    });
    expect(JSON.parse((await post(port, 'text')).body)).toEqual([
      true,
      expect.stringContaining('Body is unusable'),
    ]);
  });

  test.each<[string, (request: Request) => Promise<unknown>]>([
    ['of the request', (request) => readText(request)],
    ['of a clone', (request) => readText(request.clone())],
    ['of the request after a clone', (request) => (request.clone(), readText(request))],
    [
      'of a request that is made from it',
      (request) => readText(new Request(request, { headers: { a: 'b' } })),
    ],
    ['by the standard method', async (request) => ({ ok: true, text: await request.text() })],
  ])('is read whole %s', async (_, read) => {
    const body = 'é'.repeat(20_000);
    const port = await serve(async (request) => json(200, await read(request)));
    expect(JSON.parse((await post(port, body)).body)).toEqual({ ok: true, text: body });
  });

  test('can arrive a byte at a time', async () => {
    const port = await serve(async (request) => json(200, await readText(request)));
    const outgoing = send({ port, path: '/here', method: 'POST' });
    const answered = once(outgoing, 'response');
    for (const byte of Buffer.from('Größe')) {
      await new Promise((resolve) => {
        outgoing.write(Uint8Array.of(byte), resolve);
      });
    }
    outgoing.end();
    const [incoming] = await answered;
    expect(JSON.parse(String(await incoming.toArray()))).toEqual({ ok: true, text: 'Größe' });
  });

  test('ends with an error, and aborts the signal, if the client disconnects', async () => {
    const reached = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<readonly [error: unknown, aborted: boolean]>();
    const port = await serve(async (request) => {
      reached.resolve();
      const error = await readText(request).catch((thrown: unknown) => thrown);
      ended.resolve([error, request.signal.aborted]);
      return json(200, {});
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /here HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await reached.promise;
    socket.destroy();
    expect(await ended.promise).toEqual([expect.any(Error), true]);
  });
});

test('the signal of a request is not aborted by a response that was sent', async () => {
  const signals: AbortSignal[] = [];
  const port = await serve(async ({ signal }) => {
    signals.push(signal);
    return json(200, {});
  });
  await ask(port);
  await ask(port);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
});

test.each([
  ['http://id.example/here', 200],
  ['HTTP://id.example:80/here?x', 200],
  ['http://evil.example/x/../here', 404],
  ['http://evil.example/x/%2e%2e/here', 404],
  ['http://evil.example/./here', 404],
  ['http://evil.example//here', 404],
  ['/x/../here', 404],
  ['/x/%2e%2e/here', 404],
  ['http://evil.example?/here', 404],
  ['http://here', 404],
  ['*', 404],
])(
  'compares the path of a request line as it was sent, as a guard of the framework does: %s',
  async (path, status) => {
    const port = await serve(async () => new Response('served'));
    expect((await ask(port, { path })).status).toBe(status);
  },
);
