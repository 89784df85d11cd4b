import { cite } from '@vestibule/requirements';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Served } from './served.ts';

const post = (headers: string, body = ''): string =>
  `POST /connect/register HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`;

/** Bytes that are no HTTP, or HTTP that no client sends. */
const BROKEN: readonly (readonly [title: string, bytes: string])[] = [
  ['no HTTP', 'hello\r\n\r\n'],
  ['another version', 'GET / HTTP/9.9\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['TRACE', 'TRACE /connect/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
  ['a header with a line break', 'GET / HTTP/1.1\r\nX: a\nb\r\n\r\n'],
  ['a very long header', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
  ['a very long address', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['two lengths', post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}')],
  ['a length that is not a number', post('Content-Length: x\r\n', '{}')],
  ['a length and chunks', post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
  [
    'broken chunks',
    post('Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n', 'zz\r\n'),
  ],
  [
    'the URL of another server',
    'GET http://evil.example/connect/authorize HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  ],
  ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
];

/** Broken requests to a server that listens on plain http. */
export function brokenHttp(served: () => Served): void {
  const open = () => {
    const { hostname, port } = new URL(served().issuer);
    return connect(Number(port || 80), hostname);
  };
  /** How the server responds to the next client, and what it stored or logged. */
  const afterwards = async () => {
    const { status } = await served().send('/.well-known/oauth-authorization-server');
    return { status, sideEffects: (await served().sideEffects?.()) ?? [] };
  };
  const unharmed = { status: 200, sideEffects: [] };

  describe('answers or cuts off broken HTTP and serves other clients', () => {
    test.each(BROKEN)(cite('%s', 'vestibule:bad-input:broken-http'), async (_, bytes) => {
      const socket = open();
      socket.end(bytes);
      let answer = '';
      try {
        for await (const chunk of socket) answer += String(chunk);
      } catch {
        // The server cut the connection; what it sent before counts.
      }
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d|^$/);
      expect(await afterwards()).toEqual(unharmed);
    });
  });

  test('a client that hangs up in the middle of its body causes no error', async () => {
    const socket = open();
    socket.write(post('Content-Type: application/json\r\nContent-Length: 100\r\n', '{"redirect'));
    await served().send('/.well-known/oauth-authorization-server');
    socket.destroy();
    expect(await afterwards()).toEqual(unharmed);
  });

  test('a browser at an unknown path gets a page', async () => {
    const response = await served().send('/nowhere', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    expect(await response.text()).toMatch(/<h1>[^<]{5,}<\/h1>/);
  });
}
