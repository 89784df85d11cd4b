import { createNarrator, handshake } from '@vestibule/example-agent';
import type { AuditEvent } from '@vestibule/core/audit';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { temporaryFolder } from '@vestibule/testing/folder';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ADA, OPEN_SEED } from '../test/support/app.ts';
import { startProcess } from '../test/support/process.ts';
import { writeSeed } from '../test/support/seed-file.ts';
import { getOverHttp2 } from './http2.ts';
import { startCaddy, startNginx, type StartProxy } from './proxies.ts';

const ISSUER = 'https://id.example';

/** The app behind a proxy, and what it has recorded. */
async function behind(startProxy: StartProxy) {
  const authority = createCertificateAuthority();
  const before = getCACertificates();
  setDefaultCACertificates([...before, authority.cert]);
  onTestFinished(() => setDefaultCACertificates(before));
  const folder = temporaryFolder();
  const acme = {
    ...OPEN_SEED,
    realm: { ...OPEN_SEED.realm, id: 'acme', name: 'Acme', issuer: '/realms/acme' },
  };
  const seeds = [OPEN_SEED, acme].map((seed) => writeSeed(JSON.stringify(seed)));
  const app = startProcess(['start'], {
    PORT: '4000',
    HOST: '127.0.0.1',
    ISSUER,
    DATABASE_URL: `sqlite:${join(folder, 'proxied.db')}`,
    SEED: (await Promise.all(seeds)).join(','),
    TRUST_PROXY: '127.0.0.1',
  });
  await app.said('serves the realm');
  await startProxy(authority.issue({ hosts: ['id.example'] }));
  return { ca: authority.cert, events: () => app.output().split('\n').flatMap(eventIn) };
}

function eventIn(line: string): readonly AuditEvent[] {
  if (!line.startsWith('{')) return [];
  const entry: AuditEvent = JSON.parse(line);
  return 'type' in entry ? [entry] : [];
}

const register = (headers: Readonly<Record<string, string>>, body: object): Promise<Response> =>
  fetch(`${ISSUER}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://app.example', ...headers },
    body: JSON.stringify(body),
  });

/** Registers from another address of this computer. */
async function registerFrom(localAddress: string): Promise<number> {
  const body = JSON.stringify({ redirect_uris: ['http://localhost/cb'], client_name: localAddress });
  const headers = { 'content-type': 'application/json' };
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request(
    `${ISSUER}/connect/register`,
    { method: 'POST', localAddress, headers },
    (response) => {
      void text(response).then(() => resolve(response.statusCode ?? 0), reject);
    },
  );
  sent.on('error', reject).end(body);
  return promise;
}

describe.each<[string, StartProxy]>([
  ['nginx', startNginx],
  ['Caddy', startCaddy],
])('behind %s', (_, startProxy) => {
  test('an agent attaches over TLS of a private authority', async () => {
    const { events } = await behind(startProxy);
    const server = new URL('/mcp', ISSUER);
    const notes = await handshake({ server, person: ADA, narrator: createNarrator(() => undefined) });
    expect(notes).not.toBe('');
    expect(events().map(({ type }) => type)).toContain('token.issued');
  });

  test('metadata of an issuer with a path, and of the host itself, is found over HTTP/2', async () => {
    const { ca } = await behind(startProxy);
    for (const [path, issuer] of [
      ['', ISSUER],
      ['/realms/acme', `${ISSUER}/realms/acme`],
    ] as const) {
      const response = await getOverHttp2(ISSUER, `/.well-known/oauth-authorization-server${path}`, ca);
      expect(response).toMatchObject({ protocol: 'h2', status: 200 });
      expect(JSON.parse(response.body)).toMatchObject({ issuer });
    }
  });

  test('clients cannot forge their address, and have one of their own', async () => {
    const { events } = await behind(startProxy);
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
    };
    expect((await register(forged, { redirect_uris: ['http://localhost/cb'] })).status).toBe(201);
    expect(await registerFrom('127.0.0.9')).toBe(201);
    const registered = events().filter(({ type }) => type === 'registration.accepted');
    expect(registered.map(({ ip }) => ip)).toEqual(['127.0.0.1', '127.0.0.9']);
  });

  test('a body that is too long gets the response of the app, and a far longer one that of the proxy', async () => {
    await behind(startProxy);
    const tooLong = await register({}, { redirect_uris: ['http://localhost/cb'], x: 'x'.repeat(70_000) });
    expect(tooLong.status).toBe(413);
    expect(tooLong.headers.get('access-control-allow-origin')).toBe('*');
    expect(await tooLong.json()).toMatchObject({ error: expect.any(String) });
    const farTooLong = await register({}, { x: 'x'.repeat(300_000) });
    expect(farTooLong.status).toBe(413);
  });

  test('a long authorization request reaches the app', async () => {
    await behind(startProxy);
    const query = new URLSearchParams({ client_id: 'unknown', state: 's'.repeat(10_000) });
    const response = await fetch(`${ISSUER}/connect/authorize?${query.toString()}`, {
      headers: { accept: 'text/html' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-security-policy')).toContain('frame-ancestors');
  });

  test('plain http is redirected, and what only operators ask is not there', async () => {
    await behind(startProxy);
    const plain = await fetch('http://id.example/connect/jwks', { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).toEqual([308, `${ISSUER}/connect/jwks`]);
    const statuses = ['/healthz', '/readyz', '/metrics'].map(
      async (path) => (await fetch(ISSUER + path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 404, 404]);
  });
});
