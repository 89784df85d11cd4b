import type { Endpoint, Route } from '@vestibule/http';
import { json, readText } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createRouter, type RouterOptions } from './router.ts';

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  servers = [];
});

async function serve(
  endpoint: Endpoint,
  {
    path = '/here',
    below = false,
    trustProxy = false,
    origin = 'https://id.example',
    anyHost = false,
  }: Partial<Pick<RouterOptions, 'origin' | 'anyHost'> & Omit<Route, 'endpoint'>> & {
    readonly trustProxy?: boolean;
  } = {},
) {
  const errors: unknown[] = [];
  const app = express()
    .set('trust proxy', trustProxy)
    .use(createRouter({ origin, anyHost, routes: [{ path, below, endpoint }] }))
    .use((_request, response) => void response.status(404).send('unknown path'))
    .use(
      (
        error: unknown,
        _request: express.Request,
        response: express.Response,
        _next: express.NextFunction,
      ) => {
        errors.push(error);
        response.status(500).send('failed');
      },
    );
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, port, errors };
}

/** Sends bytes as they are and reads until the server closes the connection. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const inPieces = (...pieces: string[]) =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });

const echo: Endpoint = async (request, { ip }) =>
  json(200, {
    url: request.url,
    method: request.method,
    ip,
    body: await readText(request),
    header: request.headers.get('x-a'),
  });

describe('what an endpoint gets', () => {
  test(
    cite('is the request, at the configured origin whatever it says of itself', 'rfc8414:3.3:same-issuer'),
    async () => {
      const { url } = await serve(echo);
      const headers = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'ftp',
        'x-a': 'a, b',
      };
      const response = await fetch(`${url}/here?a=1&a=%20#x`, {
        method: 'POST',
        body: 'text',
        headers,
      });
      expect(await response.json()).toEqual({
        url: 'https://id.example/here?a=1&a=%20',
        method: 'POST',
        ip: '127.0.0.1',
        body: { ok: true, text: 'text' },
        header: 'a, b',
      });
    },
  );

  test('has the origin also where the request line holds a whole URL', async () => {
    const { port } = await serve(echo);
    const answer = await raw(
      port,
      'GET http://evil.example/here?x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('"url":"https://id.example/here?x"');
  });

  test.each([
    [false, '127.0.0.1'],
    [true, '203.0.113.9'],
  ])(
    cite('trusts X-Forwarded-For only if configured: %s', 'rfc9700:4.13:forwarded'),
    async (trustProxy, ip) => {
      const { url } = await serve(echo, { trustProxy });
      const response = await fetch(`${url}/here`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
      expect(await response.json()).toMatchObject({ ip });
    },
  );

  test.each([
    'unknown',
    '_hidden',
    'evil.example',
    '203.0.113.999',
    'x'.repeat(1_000),
    '203.0.113.9 x',
    '::x',
    '1',
  ])(
    cite(
      'counts an X-Forwarded-For entry that is no address as the connection: %s',
      'rfc9700:4.13:forwarded',
    ),
    async (entry) => {
      const { url } = await serve(echo, { trustProxy: true });
      const response = await fetch(`${url}/here`, { headers: { 'x-forwarded-for': entry } });
      expect(await response.json()).toMatchObject({ ip: '127.0.0.1' });
    },
  );

  test.each(['203.0.113.9:4711', '[2001:db8::9]:4711', '2001:db8::9'])(
    'takes an address in X-Forwarded-For as it is written: %s',
    async (entry) => {
      const { url } = await serve(echo, { trustProxy: true });
      const response = await fetch(`${url}/here`, { headers: { 'x-forwarded-for': entry } });
      expect(await response.json()).toMatchObject({ ip: entry });
    },
  );

  test('learns when the other side hangs up', async () => {
    const aborted = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const { url, errors } = await serve(async (request) => {
      request.signal.addEventListener('abort', () => aborted.resolve());
      reached.resolve();
      await aborted.promise;
      return new Response('late');
    });
    const controller = new AbortController();
    const answer = fetch(`${url}/here`, { signal: controller.signal }).catch((error: unknown) => error);
    await reached.promise;
    controller.abort();
    await aborted.promise;
    expect(await answer).toBeInstanceOf(Error);
    expect(errors).toEqual([]);
  });
});

describe('what goes out', () => {
  test('keeps each cookie a header of its own', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1; Path=/'],
      ['set-cookie', 'b=2, 3'],
      ['x-a', 'y'],
    ]);
    const { url } = await serve(async () => new Response('x', { status: 201, headers }));
    const response = await fetch(`${url}/here`);
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2, 3']);
    expect(response.headers.get('x-a')).toBe('y');
  });

  test('may have no body, or one that comes in pieces', async () => {
    const { url } = await serve(async (request) =>
      request.method === 'DELETE' ? new Response(null, { status: 204 }) : new Response(inPieces('a', 'b')),
    );
    expect((await fetch(`${url}/here`, { method: 'DELETE' })).status).toBe(204);
    expect(await (await fetch(`${url}/here`)).text()).toBe('ab');
    const head = await fetch(`${url}/here`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test(
    cite('is out before a body that is too large has arrived', 'vestibule:bad-input:too-large'),
    async () => {
      const { url } = await serve(async (request) => json((await readText(request, 10)).ok ? 200 : 413, {}));
      const response = await fetch(`${url}/here`, { method: 'POST', body: 'x'.repeat(2_000_000) });
      expect(response.status).toBe(413);
      expect((await fetch(`${url}/here`, { method: 'POST', body: 'x' })).status).toBe(200);
    },
  );
});

describe('a connection is reused after a response that was sent before the body', () => {
  const big = 'x'.repeat(500_000);
  const chunked = `${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`;
  const last = 'GET /here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  test.each([
    ['read in part, of a known length', '/here', `Content-Length: ${big.length}\r\n\r\n${big}`],
    ['read in part, in chunks', '/here', `Transfer-Encoding: chunked\r\n\r\n${chunked}`],
    ['not read, of a known length', '/here?skip', `Content-Length: ${big.length}\r\n\r\n${big}`],
    ['not read, in chunks', '/here?skip', `Transfer-Encoding: chunked\r\n\r\n${chunked}`],
    ['sent to a path that no route has', '/other', `Content-Length: ${big.length}\r\n\r\n${big}`],
  ])('%s', async (_, target, body) => {
    const { port, errors } = await serve(async (request) => {
      const read = request.url.includes('skip') ? 'skipped' : JSON.stringify(await readText(request, 100));
      return new Response(read);
    });
    const answers = await raw(port, `POST ${target} HTTP/1.1\r\nHost: x\r\n${body}${last}`);
    expect(answers.match(/HTTP\/1\.1 \d/g)).toHaveLength(2);
    expect(answers).toContain('{"ok":true,"text":""}');
    expect(errors).toEqual([]);
  });
});

test('a body that breaks while it goes out reaches the app', async () => {
  const broken = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('half')),
    pull: (controller) => controller.error(new Error('bug in the stream')),
  });
  const { url, errors } = await serve(async () => new Response(broken));
  await expect(fetch(`${url}/here`).then((response) => response.text())).rejects.toThrow();
  expect(errors).toEqual([new Error('bug in the stream')]);
});

test('a body that HEAD does not want is given up', async () => {
  const cancelled = Promise.withResolvers<void>();
  const body = new ReadableStream({ cancel: () => cancelled.resolve() });
  const { url } = await serve(async () => new Response(body));
  expect((await fetch(`${url}/here`, { method: 'HEAD' })).status).toBe(200);
  await cancelled.promise;
});

test('a body that a parser has read is an error that says what to do', async () => {
  const errors: unknown[] = [];
  const routes = [{ path: '/here', endpoint: echo }];
  const app = express()
    .use(express.json())
    .use(createRouter({ origin: 'https://id.example', routes }))
    .use(
      (
        error: unknown,
        _request: express.Request,
        response: express.Response,
        _next: express.NextFunction,
      ) => {
        errors.push(error);
        response.status(500).end();
      },
    );
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  expect((await fetch(`http://127.0.0.1:${port}/here`, init)).status).toBe(500);
  expect(String(errors[0])).toContain('Mount this router before body parsers.');
});

test.each(['https://id.example/', 'https://id.example/x', 'id.example', ''])('%j is no origin', (origin) => {
  expect(() => createRouter({ origin, routes: [] })).toThrow(/must be scheme, host and port alone/);
});

describe('what is not answered here passes on', () => {
  test.each(['/', '/other', '/here/', '/HERE', '/here/there', '/%68ere/x'])('the path %s', async (path) => {
    const { url } = await serve(() => expect.unreachable());
    const response = await fetch(`${url}${path}`);
    expect([response.status, await response.text()]).toEqual([404, 'unknown path']);
  });

  test('an endpoint with nothing to say', async () => {
    const { url } = await serve(async () => undefined);
    const response = await fetch(`${url}/here`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect([response.status, await response.text()]).toEqual([404, 'unknown path']);
  });

  test('a method that no request can have', async () => {
    const { port } = await serve(echo);
    expect(await raw(port, 'TRACE /here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 404/,
    );
  });

  test('an exception, to the app', async () => {
    const { url, errors } = await serve(() => Promise.reject(new Error('bug')));
    expect((await fetch(`${url}/here`)).status).toBe(500);
    expect(errors).toEqual([new Error('bug')]);
  });
});

test('characters that Express would read as a pattern stand for themselves', async () => {
  const path = '/a.b(c)*:d+e!';
  const { url } = await serve(async () => new Response('found'), { path });
  expect(await (await fetch(`${url}${path}`)).text()).toBe('found');
  expect((await fetch(`${url}/aXb(c)z:dde!`)).status).toBe(404);
});

describe('a route below a path', () => {
  const told: Endpoint = async ({ url }) => new Response(new URL(url).pathname);

  test.each(['/here/a', '/here/%61', '/here/%ff', '/here/%E0%A4%A', '/here/a;b', '/here/:segment'])(
    'answers %s, as it was sent',
    async (path) => {
      const { url, errors } = await serve(told, { below: true });
      const response = await fetch(`${url}${path}`);
      expect([response.status, await response.text()]).toEqual([200, path]);
      expect(errors).toEqual([]);
    },
  );

  test.each(['/here', '/here/', '/here/a/', '/here/a/b', '/there/a', '/HERE/a'])(
    'does not answer %s',
    async (path) => {
      const { url } = await serve(told, { below: true });
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    },
  );

  test.each([
    ['/here/a/b', 200],
    ['/here/%ff/b', 200],
    ['/here', 404],
    ['/here/a', 404],
    ['/here/a/', 404],
    ['/here//b', 404],
    ['/here/a/b/', 404],
    ['/here/a/b/c', 404],
  ])('two segments below, answers %s: %i', async (path, status) => {
    const { url } = await serve(told, { below: 2 });
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(status);
    if (status === 200) expect(await response.text()).toBe(path);
  });
});

describe('an origin on this computer', () => {
  const get = (host: string): string => `GET /here HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  const found: Endpoint = async () => new Response('found');

  test.each([
    ['localhost', false, '200'],
    ['evil.example', false, '404'],
    ['evil.example', true, '200'],
  ])('at the host %s, answered at any: %j: %s', async (host, anyHost, status) => {
    const { port } = await serve(found, { origin: 'http://localhost:4000', anyHost });
    expect(await raw(port, get(host))).toContain(`HTTP/1.1 ${status} `);
  });
});
