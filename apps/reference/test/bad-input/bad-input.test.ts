import { freePort } from '@vestibule/testing/port';
import { connect } from 'node:net';
import { cite } from '@vestibule/requirements';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type RunningApp } from '../../src/run.ts';
import { createLogger } from '../../src/logger.ts';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let app: RunningApp;
let folder: string;
let port: number;
const logged: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-test-'));
  port = await freePort();
  const seed = join(folder, 'seed.json');
  const registration = {
    open: true,
    reservedNames: ['Vestibule'],
    limits: { perAddressPerHour: 1_000, perRealmPerDay: 1_000 },
  };
  await writeFile(seed, JSON.stringify({ realm: { id: 'test', name: 'Test', settings: { registration } } }));
  const logger = createLogger('silent');
  logger.error = (...told: unknown[]) => void logged.push(JSON.stringify(told));
  app = await run(
    {
      port,
      issuer: `http://localhost:${port}`,
      database: { kind: 'sqlite', path: join(folder, 'a.db') },
      databaseConnections: 1,
      seeds: [seed],
      keyEncryption: { from: 'default' },
      logLevel: 'silent',
      trustProxy: false,
    },
    logger,
  );
});
afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

/** Nothing is stored, and no exception is reported. */
async function nothingHappened(): Promise<void> {
  const { items: events } = await app.stores.audit.list('test', { limit: 10_000 });
  const harmless = new Set([
    'registration.refused',
    'authorization.refused',
    'transaction.refused',
    'token.refused',
    // The realm's own key, at the first request.
    'key.made',
  ]);
  expect(events.filter(({ type }) => !harmless.has(type))).toEqual([]);
  expect(logged).toEqual([]);
}

test('a browser at an unknown address gets a page', async () => {
  const response = await fetch(`http://localhost:${port}/nowhere`, {
    headers: { accept: 'text/html,*/*;q=0.8' },
  });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('There is nothing here');
});

describe('broken HTTP is answered or cut off, and others are served on', () => {
  const post = (headers: string, body = '') =>
    `POST /connect/register HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`;
  test.each([
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
    ['an invalid length', post('Content-Length: x\r\n', '{}')],
    ['a length and chunks', post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
    [
      'broken chunks',
      post('Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n', 'zz\r\n'),
    ],
    [
      'a whole URL',
      'GET http://evil.example/connect/authorize HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    ],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ])(cite('%s', 'vestibule:bad-input:broken-http'), async (_, text) => {
    const answer = await raw(text);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d|^$/);
    await nothingHappened();
    expect((await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`)).status).toBe(200);
  });

  test('a client that hangs up in the middle of its body is no bug', async () => {
    const socket = connect(port, 'localhost');
    socket.write(post('Content-Type: application/json\r\nContent-Length: 100\r\n', '{"redirect'));
    await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`);
    socket.destroy();
    expect((await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`)).status).toBe(200);
    await nothingHappened();
  });
});

/** Sends bytes as they are and reads until the server closes the connection. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, 'localhost');
  socket.end(text);
  let answer = '';
  try {
    for await (const chunk of socket) answer += String(chunk);
  } catch {
    // The connection was closed: what was received before counts.
  }
  return answer;
}
