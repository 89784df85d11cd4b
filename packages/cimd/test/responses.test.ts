import { cite } from '@vestibule/requirements';
import type { Respond } from '@vestibule/testing/https-host';
import { watchOutgoing } from '@vestibule/testing/outgoing';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { head, json, JSON_TYPE, respondWith, startAgentHost } from './support/agent-host.ts';

const SECRET = 'correct-horse';

const status = (code: number, ...lines: readonly string[]): string =>
  [`HTTP/1.1 ${code} Status`, ...lines, 'Content-Length: 0', '', ''].join('\r\n');

const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));

/** Writes the same bytes as fast as they are read, until the connection is closed. */
const endlessly =
  (start: string, part: string): Respond =>
  (socket) => {
    socket.write(start);
    const more = (): void => {
      while (!socket.destroyed && socket.write(part)) {
        // The buffer has room.
      }
      socket.once('drain', more);
    };
    more();
  };

/** Writes one byte from time to time, until the connection is closed. */
const slowly =
  (start: string): Respond =>
  (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  };

const reset: Respond = (socket) => {
  socket.write(head(JSON_TYPE, 'Content-Length: 100') + '{"client');
  setImmediate(() => socket.destroy());
};

test.each<[string, string | Uint8Array, unknown]>([
  ['an object', json('{"client_id":"https://agent.example/"}'), { client_id: 'https://agent.example/' }],
  ['any other JSON', json('[1, null]'), [1, null]],
  ['JSON with a byte order mark', json('\u{feff}{"a":1}'), { a: 1 }],
  ['JSON in chunks', head(JSON_TYPE, 'Transfer-Encoding: chunked') + '1\r\n{\r\n1\r\n}\r\n0\r\n\r\n', {}],
  ['JSON until the end of the connection', head(JSON_TYPE) + '{}', {}],
  [
    'a type with +json and parameters',
    head('Content-Type: Application/CIMD+JSON; Charset="UTF-8"; v=1') + '{}',
    {},
  ],
  ['a body of exactly the limit', json(`"${'x'.repeat(5_118)}"`), 'x'.repeat(5_118)],
  ['an encoding that is none', json('{}', 'Content-Encoding: identity'), {}],
  ['a response after an interim one', 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n' + json('{}'), {}],
])('accepts %s', async (_, response, body) => {
  const host = await startAgentHost(respondWith(response));
  expect(await host.fetch()).toMatchObject({ ok: true, status: 'fetched', body });
});

describe('refuses', () => {
  test.each<[string, string | Respond, string]>([
    [
      cite('a redirect to an address inside', 'cimd:5:no-redirects'),
      status(302, 'Location: https://169.254.169.254/'),
      'redirect',
    ],
    [
      cite('a redirect to another host', 'cimd:5:no-redirects'),
      status(301, 'Location: https://other.example/'),
      'redirect',
    ],
    ['a redirect to the same host', status(307, 'Location: /other.json'), 'redirect'],
    ['a permanent redirect', status(308, 'Location: http://agent.example/'), 'redirect'],
    ['several choices', status(300), 'redirect'],
    ['a redirect without a target', status(303), 'redirect'],
    ['a created document', status(201, JSON_TYPE), 'status'],
    [cite('a document without authority', 'cimd:5:status-200'), status(203, JSON_TYPE), 'status'],
    ['no content', status(204), 'status'],
    [
      cite('a part of a document', 'cimd:5:status-200'),
      status(206, JSON_TYPE, 'Content-Range: bytes 0-0/1'),
      'status',
    ],
    ['a document that is not there', status(404), 'status'],
    ['a challenge for a browser', status(403, 'Content-Type: text/html'), 'status'],
    ['a broken host', status(500), 'status'],
    ['304 to a request without an entity tag', status(304), 'unexpected-not-modified'],
    ['HTML', head('Content-Type: text/html') + '<html>', 'content-type'],
    ['JSON that is called text', head('Content-Type: text/plain') + '{}', 'content-type'],
    ['JSON without a type', head() + '{}', 'content-type'],
    ['JSON with two types', head('Content-Type: text/html', JSON_TYPE) + '{}', 'content-type'],
    ['JSON with a list of types', head('Content-Type: application/json, text/html') + '{}', 'content-type'],
    ['JSON in UTF-16', head('Content-Type: application/json; charset=utf-16') + '{}', 'content-type'],
    ['a script', head('Content-Type: application/javascript') + '{}', 'content-type'],
    ['a type that only begins like JSON', head('Content-Type: application/jsonp') + '{}', 'content-type'],
    ['a type with a space', head('Content-Type: application/x y+json') + '{}', 'content-type'],
    ['HTML that is called JSON', json('<html>'), 'not-json'],
    ['two JSON values', json('{}{}'), 'not-json'],
    ['an empty body', json(''), 'not-json'],
    [
      'a body in a compression that is not declared',
      respondWith(head(JSON_TYPE), gzipSync('{}')),
      'not-json',
    ],
    ['a body that is not UTF-8', respondWith(head(JSON_TYPE), Buffer.from([0x22, 0xff, 0x22])), 'not-json'],
    [
      'a body in gzip',
      respondWith(head(JSON_TYPE, 'Content-Encoding: gzip'), gzipSync('{}')),
      'content-encoding',
    ],
    [
      'a body in Brotli',
      respondWith(head(JSON_TYPE, 'Content-Encoding: br'), brotliCompressSync('{}')),
      'content-encoding',
    ],
    ['a compressed bomb', respondWith(head(JSON_TYPE, 'Content-Encoding: gzip'), bomb), 'content-encoding'],
    [
      'a compressed bomb that is not declared',
      respondWith(head(JSON_TYPE, `Content-Length: ${bomb.length}`), bomb),
      'too-large',
    ],
    [
      'a compressed bomb as a coding of the transfer',
      respondWith(
        head(JSON_TYPE, 'Transfer-Encoding: gzip, chunked'),
        `${bomb.length.toString(16)}\r\n`,
        bomb,
      ),
      'too-large',
    ],
    [
      'an encoding of the body in a second header',
      head(JSON_TYPE, 'Content-Encoding: identity', 'Content-Encoding: gzip') + '{}',
      'content-encoding',
    ],
    [
      cite('a body of one byte more than the limit', 'cimd:9.7:size'),
      head(JSON_TYPE) + `"${'x'.repeat(5_119)}"`,
      'too-large',
    ],
    ['a body that states that it is too large', head(JSON_TYPE, 'Content-Length: 5121'), 'too-large'],
    [cite('an endless body', 'cimd:9.7:size'), endlessly(head(JSON_TYPE), ' '.repeat(1_000)), 'too-large'],
    [
      'an endless body in chunks',
      endlessly(head(JSON_TYPE, 'Transfer-Encoding: chunked'), '1\r\n \r\n'.repeat(100)),
      'too-large',
    ],
    [
      'an endless extension of a chunk',
      endlessly(head(JSON_TYPE, 'Transfer-Encoding: chunked') + '1;x=', 'x'.repeat(1_000)),
      'too-large',
    ],
    ['endless headers', endlessly('HTTP/1.1 200 OK\r\n', 'X-Header: value\r\n'.repeat(50)), 'too-large'],
    ['an endless header', endlessly('HTTP/1.1 200 OK\r\nX-Header: ', 'x'.repeat(1_000)), 'too-large'],
    ['endless interim responses', endlessly('', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50)), 'too-large'],
    [
      'endless trailers',
      endlessly(head(JSON_TYPE, 'Transfer-Encoding: chunked') + '0\r\n', 'X-Trailer: value\r\n'.repeat(50)),
      'too-large',
    ],
    ['a slow head', slowly('HTTP/1.1 200 OK\r\nX-Header:'), 'timeout'],
    ['a slow body', slowly(head(JSON_TYPE)), 'timeout'],
    ['a host that does not respond', () => undefined, 'timeout'],
    [
      'a body that does not begin',
      (socket) => socket.write(head(JSON_TYPE, 'Content-Length: 10')),
      'timeout',
    ],
    [
      'a body that is shorter than it states',
      respondWith(head(JSON_TYPE, 'Content-Length: 10') + '{}'),
      'connection',
    ],
    [
      'a body that is longer than it states',
      respondWith(head(JSON_TYPE, 'Content-Length: 1') + '{}'),
      'not-json',
    ],
    ['a connection that is closed in the body', reset, 'connection'],
    ['a connection that is closed before the response', (socket) => socket.destroy(), 'connection'],
    ['a response without a head', respondWith('{}'), 'malformed-response'],
    ['a response of another protocol', respondWith('SSH-2.0-OpenSSH_9.9\r\n'), 'malformed-response'],
    [
      'two lengths',
      respondWith(head(JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3') + '{}'),
      'malformed-response',
    ],
    [
      'a length and chunks',
      respondWith(head(JSON_TYPE, 'Content-Length: 2', 'Transfer-Encoding: chunked') + '0\r\n\r\n'),
      'malformed-response',
    ],
    [
      'another protocol that was not asked for',
      status(101, 'Upgrade: h2c', 'Connection: Upgrade'),
      'connection',
    ],
  ])('%s', async (_, respond, reason) => {
    const outgoing = watchOutgoing();
    const host = await startAgentHost(typeof respond === 'string' ? respondWith(respond) : respond);
    const outcome = await host.fetch({}, { headersTimeout: 0.2, totalTimeout: 0.5, maxHeaderBytes: 2_000 });
    expect(outcome).toMatchObject({ ok: false, reason });
    expect([outgoing.connects(), host.requests.length]).toEqual([1, 1]);
    const [socket] = outgoing.sockets;
    expect(socket?.destroyed).toBe(true);
    // The head and four times the largest body, and what the last read of the socket can exceed it by.
    expect(socket?.bytesRead).toBeLessThan(2_000 + 4 * 5_120 + 65_536);
  });
});

test('a detail contains nothing of the body, and only printable characters of the head', async () => {
  const responses = [
    json(SECRET),
    json(`{"client_secret":"${SECRET}"`),
    head(`Content-Type: text/html; ${SECRET.padEnd(1_000, '\u{1b}x')}`) + SECRET,
    head(JSON_TYPE, 'Content-Encoding: \u{e9}\u{9b}') + SECRET,
    `HTTP/1.1 200 OK\r\n${SECRET}\r\n\r\n`,
  ];
  for (const response of responses) {
    const host = await startAgentHost(respondWith(response));
    const outcome = await host.fetch();
    expect(outcome).toMatchObject({ ok: false, detail: expect.stringMatching(/^[\x20-\x7e…]{1,300}$/) });
    if (response.includes('text/html')) continue;
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  }
});

test('sends one request that identifies no person, and accepts no compression', async () => {
  const host = await startAgentHost(respondWith(json('{}')));
  await host.fetch({ url: `https://agent.example:${host.port}/a/b?c=d#e` }, { userAgent: 'acme/1' });
  const [line, ...headers] = host.requests[0]?.split('\r\n') ?? [];
  expect(line).toBe('GET /a/b?c=d HTTP/1.1');
  expect(headers.toSorted()).toEqual([
    'accept-encoding: identity',
    'accept: application/json',
    'connection: close',
    `host: agent.example:${host.port}`,
    'user-agent: acme/1',
  ]);
});

test('asks for a key set where one is expected', async () => {
  const host = await startAgentHost(
    respondWith(head('Content-Type: application/jwk-set+json') + '{"keys":[]}'),
  );
  expect(await host.fetch({ accept: 'jwks' })).toMatchObject({ ok: true, body: { keys: [] } });
  expect(host.requests[0]).toContain('accept: application/jwk-set+json, application/json');
});

test.each([0, -1, 1.5, Number.NaN, Infinity])(
  'a limit of %d bytes is an error of the caller',
  async (maxBytes) => {
    const host = await startAgentHost(respondWith(json('{}')));
    await expect(host.fetch({ maxBytes })).rejects.toThrow(
      new TypeError('fetch: "maxBytes" must be a whole number of 1 or more.'),
    );
    expect(host.connections()).toBe(0);
  },
);

test('reads as much as the caller wants, and not more', async () => {
  const host = await startAgentHost(respondWith(json(`"${'x'.repeat(60_000)}"`)));
  expect(await host.fetch()).toMatchObject({ ok: false, reason: 'too-large' });
  expect(await host.fetch({ maxBytes: 60_001 })).toMatchObject({ ok: false, reason: 'too-large' });
  expect(await host.fetch({ maxBytes: 60_002 })).toMatchObject({ ok: true, bytes: 60_002 });
});

test('reads a document of one byte, if the limit is one byte', async () => {
  const host = await startAgentHost(respondWith(json('1')));
  expect(await host.fetch({ maxBytes: 1 })).toMatchObject({ ok: true, body: 1, bytes: 1 });
});

test('subtracts the time that the response took from its freshness', async () => {
  const host = await startAgentHost(respondWith(json('{}', 'Cache-Control: max-age=60')));
  const times = [0, 2_500];
  const outcome = await host.fetch({}, { now: () => times.shift() ?? Number.NaN });
  expect(outcome).toMatchObject({ freshness: { freshFor: 57 } });
});

describe('revalidation', () => {
  test('sends the entity tag, and reads the freshness of a 304', async () => {
    const notModified = 'HTTP/1.1 304 Not Modified\r\nETag: "b"\r\nCache-Control: max-age=60\r\n\r\n';
    const host = await startAgentHost(respondWith(notModified));
    expect(await host.fetch({ etag: 'W/"a"' })).toEqual({
      ok: true,
      status: 'not-modified',
      freshness: {
        etag: '"b"',
        freshFor: expect.any(Number),
        noStore: false,
        noCache: false,
        mustRevalidate: false,
      },
    });
    expect(host.requests[0]).toContain('if-none-match: W/"a"');
  });

  test('reads a new document', async () => {
    const host = await startAgentHost(respondWith(json('{"a":2}', 'ETag: "b"')));
    expect(await host.fetch({ etag: '"a"' })).toMatchObject({
      status: 'fetched',
      body: { a: 2 },
      freshness: { etag: '"b"' },
    });
  });

  test.each(['a', '"a', '"a"\r\nx: y', '"a" ', `"${'a'.repeat(300)}"`, ''])(
    'does not send an entity tag that is malformed: %j',
    async (etag) => {
      const host = await startAgentHost(respondWith(status(304)));
      expect(await host.fetch({ etag })).toMatchObject({ ok: false, reason: 'unexpected-not-modified' });
      expect(host.requests[0]).not.toMatch(/if-none-match|x: y/i);
    },
  );
});
