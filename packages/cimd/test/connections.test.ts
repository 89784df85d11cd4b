import { createCertificateAuthority, selfSigned } from '@vestibule/testing/certificates';
import { type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { watchOutgoing } from '@vestibule/testing/outgoing';
import { freePort } from '@vestibule/testing/port';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createGuardedFetch, type GuardedFetchOptions } from '../src/node/index.ts';
import {
  authority,
  head,
  json,
  JSON_TYPE,
  NAME,
  REACHED,
  respondWith,
  startAgentHost,
} from './support/agent-host.ts';

const YEAR = 365 * 86_400_000;
const ago = (milliseconds: number): Date => new Date(Date.now() - milliseconds);

/** A server that accepts connections and says nothing. */
async function startSilent(): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('the name is resolved once', () => {
  test('connects to the address that was judged, although the answer changes then', async () => {
    const host = await startAgentHost(respondWith(json('{}')));
    const outgoing = watchOutgoing();
    const resolve = vi.fn<(name: string) => Promise<readonly string[]>>();
    resolve.mockResolvedValueOnce(['127.0.0.1']).mockResolvedValue(['10.0.0.1']);
    expect(await host.fetch({}, { resolver: { resolve } })).toMatchObject({ ok: true });
    expect(resolve.mock.calls).toEqual([[NAME, 'stranger']]);
    expect([outgoing.lookups(), outgoing.connects(), host.connections()]).toEqual([0, 1, 1]);
  });

  test('connects to the first of several addresses, and to no other if that fails', async () => {
    const outgoing = watchOutgoing();
    const host = await startAgentHost(respondWith(json('{}')));
    const resolver = { resolve: () => Promise.resolve(['::1', '127.0.0.1']) };
    const allow = ['::1/128', '127.0.0.0/8'];
    expect(await host.fetch({}, { resolver, allow })).toMatchObject({ ok: false, reason: 'connection' });
    expect([outgoing.connects(), host.connections()]).toEqual([1, 0]);
  });

  test('connects once to a host that closes each connection before the request', async () => {
    const server = createServer((socket) => socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const outgoing = watchOutgoing();
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { fetch } = createGuardedFetch(REACHED);
    expect(await fetch({ url: `https://${NAME}:${port}/` })).toMatchObject({ reason: 'connection' });
    expect(outgoing.connects()).toBe(1);
  });
});

describe('a name that cannot be resolved', () => {
  test.each([
    ['has no address', () => Promise.resolve([]), /^The host has no address\.$/],
    [
      'is unknown',
      () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })),
      /cannot be resolved \(ENOTFOUND\)/,
    ],
    ['has a resolver that fails', () => Promise.reject(new TypeError('broken')), /cannot be resolved\.$/],
    [
      'has a resolver that throws',
      () => {
        throw new Error('broken');
      },
      /cannot be resolved\.$/,
    ],
  ])('%s', async (_, resolve, detail) => {
    const { fetch } = createGuardedFetch({ resolver: { resolve } });
    expect(await fetch({ url: 'https://agent.example/' })).toEqual({
      ok: false,
      reason: 'resolution',
      detail: expect.stringMatching(detail),
    });
  });

  test('is looked up in the hosts file by default, and not by the operating system', async () => {
    const outgoing = watchOutgoing();
    expect(await createGuardedFetch().fetch({ url: 'https://localhost/' })).toMatchObject({
      reason: 'address',
    });
    expect([outgoing.lookups(), outgoing.connects()]).toEqual([0, 0]);
  });
});

describe('the certificate', () => {
  const others = createCertificateAuthority('Another authority');

  test.each([
    ['of another host', authority.issue({ hosts: ['other.example'] }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      'of the address and not of the name',
      authority.issue({ hosts: ['127.0.0.1'] }),
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'of an authority that is not trusted',
      others.issue({ hosts: [NAME] }),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    ['of itself', selfSigned({ hosts: [NAME] }), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'that has expired',
      authority.issue({ hosts: [NAME], from: ago(2 * YEAR), to: ago(YEAR) }),
      'CERT_HAS_EXPIRED',
    ],
    [
      'that is not valid yet',
      authority.issue({ hosts: [NAME], from: ago(-YEAR), to: ago(-2 * YEAR) }),
      'CERT_NOT_YET_VALID',
    ],
  ])('is refused if it is one %s', async (_, certificate, code) => {
    const host = await startHttpsHost(certificate, respondWithJson({}));
    const { fetch } = createGuardedFetch(REACHED);
    expect(await fetch({ url: `https://${NAME}:${host.port}/` })).toEqual({
      ok: false,
      reason: 'certificate',
      detail: `The certificate is refused: ${code}.`,
      isReached: false,
    });
    expect(host.requests).toEqual([]);
  });

  test('is checked also if the environment says otherwise', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const host = await startHttpsHost(selfSigned({ hosts: [NAME] }), respondWithJson({}));
    const { fetch } = createGuardedFetch(REACHED);
    expect(await fetch({ url: `https://${NAME}:${host.port}/` })).toMatchObject({ reason: 'certificate' });
  });

  test('is that of the address if the URL has one', async () => {
    const host = await startAgentHost(respondWith(json('{}')));
    expect(await host.fetch({ url: `https://127.0.0.1:${host.port}/` })).toMatchObject({ ok: true });
    expect(host.requests[0]).toContain(`host: 127.0.0.1:${host.port}`);
    const named = await startHttpsHost(authority.issue({ hosts: [NAME] }), respondWithJson({}));
    const { fetch } = createGuardedFetch(REACHED);
    const outcome = await fetch({ url: `https://127.0.0.1:${named.port}/` });
    expect(outcome).toMatchObject({ ok: false, reason: 'certificate' });
  });
});

describe('time is limited', () => {
  const never = { resolve: () => new Promise<never>(() => undefined) };

  test.each<[string, GuardedFetchOptions, string, object]>([
    [
      'for resolving the name',
      { resolver: never, resolutionTimeout: 0.1 },
      'The stage of resolving the name',
      {},
    ],
    [
      'for resolving the name within the whole',
      { resolver: never, totalTimeout: 0.1 },
      'The whole fetch',
      {},
    ],
    ['for connecting', { connectTimeout: 0.1 }, 'The stage of connecting', { isReached: false }],
    ['for connecting within the whole', { totalTimeout: 0.1 }, 'The whole fetch', { isReached: false }],
  ])('%s', async (_, options, detail, reached) => {
    const outgoing = watchOutgoing();
    const { fetch } = createGuardedFetch({ ...REACHED, ...options });
    expect(await fetch({ url: `https://${NAME}:${await startSilent()}/` })).toEqual({
      ok: false,
      reason: 'timeout',
      detail: `${detail} took longer than 0.1 s.`,
      ...reached,
    });
    expect(outgoing.sockets.map(({ destroyed }) => destroyed)).not.toContain(false);
  });

  test('a resolver that fails after its time has no effect', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const { fetch } = createGuardedFetch({ resolver: { resolve: () => promise }, resolutionTimeout: 0.05 });
    expect(await fetch({ url: 'https://agent.example/' })).toMatchObject({ reason: 'timeout' });
    reject(new Error('late'));
    await new Promise(setImmediate);
  });
});

test('each fetch has a connection of its own, which is closed when it ends', async () => {
  const host = await startAgentHost((socket) => socket.write(json('{}', 'Connection: keep-alive')));
  const outgoing = watchOutgoing();
  for (let count = 0; count < 3; count += 1) expect(await host.fetch()).toMatchObject({ ok: true });
  expect(outgoing.sockets.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  await vi.waitUntil(() => host.openConnections() === 0);
  expect(host.connections()).toBe(3);
});

test('fetches at once do not disturb each other', async () => {
  const host = await startAgentHost((socket, request) => {
    const [, path = ''] = request.split(' ');
    if (path === '/bad') socket.destroy();
    else socket.end(json(JSON.stringify(path)));
  });
  const paths = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? `/${at}` : '/bad'));
  const outcomes = await Promise.all(
    paths.map((path) => host.fetch({ url: `https://${NAME}:${host.port}${path}` })),
  );
  expect(outcomes.map((outcome) => (outcome.ok && 'body' in outcome ? outcome.body : '/bad'))).toEqual(paths);
});

describe('a failure says whether its host was reached', () => {
  test.each<[string, Respond, string]>([
    ['another status', respondWith('HTTP/1.1 503 Later\r\n\r\n'), 'status'],
    ['no response', (socket) => socket.destroy(), 'connection'],
    ['something that is not HTTP', respondWith('hello'), 'malformed-response'],
    ['something that is not JSON', respondWith(json('hello')), 'not-json'],
    ['half of a response', respondWith(head(JSON_TYPE, 'Content-Length: 9'), '{}'), 'connection'],
    ['nothing for too long', () => undefined, 'timeout'],
    ['the rest too late', (socket) => socket.write(head(JSON_TYPE, 'Content-Length: 9')), 'timeout'],
  ])('a host that responds with %s was reached', async (_, respond, reason) => {
    const host = await startAgentHost(respond);
    const outcome = await host.fetch({}, { headersTimeout: 1, totalTimeout: 2 });
    expect(outcome).toMatchObject({ ok: false, reason, isReached: true });
  });

  test('a host where nothing listens was not reached', async () => {
    const { fetch } = createGuardedFetch(REACHED);
    expect(await fetch({ url: `https://${NAME}:${await freePort()}/` })).toMatchObject({
      reason: 'connection',
      isReached: false,
    });
  });

  test.each([
    ['has an address that is not public', `https://10.0.0.1/`, 'address'],
    ['cannot be written in a URL', 'https://', 'url'],
  ])('a host that %s was not connected to', async (_, url, reason) => {
    const outcome = await createGuardedFetch(REACHED).fetch({ url });
    expect(outcome).toMatchObject({ ok: false, reason });
    expect(outcome).not.toHaveProperty('isReached');
  });
});
