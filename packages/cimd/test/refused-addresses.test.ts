import { cite } from '@vestibule/requirements';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { watchOutgoing } from '@vestibule/testing/outgoing';
import { describe, expect, test } from 'vitest';
import { createGuardedFetch } from '../src/node/index.ts';
import { ANSWERS, GOOD } from './tables/answers.ts';
import { HOSTS, URLS } from './tables/hosts.ts';

const authority = createCertificateAuthority();
const certificate = authority.issue({ hosts: ['agent.example', '127.0.0.1', '::1', 'localhost'] });
const startHost = () => startHttpsHost(certificate, respondWithJson({}));

/** Every name leads to this computer. */
const inside = { resolve: () => Promise.resolve(['127.0.0.1']) };

/** Fetches each URL. Returns those that are not refused before a connection, with what happened. */
async function reached(urls: readonly ((port: number) => string)[]): Promise<readonly unknown[]> {
  const host = await startHost();
  const outgoing = watchOutgoing();
  const { fetch } = createGuardedFetch({ resolver: inside, ca: authority.cert, totalTimeout: 1 });
  const failed: unknown[] = [];
  for (const urlAt of urls) {
    const url = urlAt(host.port);
    const outcome = await fetch({ url });
    const isRefused = !outcome.ok && (outcome.reason === 'url' || outcome.reason === 'address');
    const network = [outgoing.connects(), outgoing.lookups(), host.connections()];
    if (!isRefused || String(network) !== '0,0,0') failed.push([url, outcome, network]);
  }
  return failed;
}

const GROUPS = Object.entries(HOSTS);

describe('connects to no host that is not public, however the URL spells it', () => {
  test.each(GROUPS)(cite('%s', 'cimd:9.6:special-use'), async (_, hosts) => {
    const urls = hosts.map((host) => (port: number) => `https://${host}:${port}/client.json`);
    expect(await reached(urls)).toEqual([]);
  });

  test('URLs that mislead about their host, or have another scheme', async () => {
    const urls = URLS.map(
      (url) => (port: number) => url.replaceAll(/127\.0\.0\.1|agent\.example/g, (host) => `${host}:${port}`),
    );
    expect(await reached(urls)).toEqual([]);
  });
});

test('connects to no host of which the resolver returns an address that is not public', async () => {
  const host = await startHost();
  const outgoing = watchOutgoing();
  for (const answer of ANSWERS) {
    const resolver = { resolve: () => Promise.resolve(answer) };
    const { fetch } = createGuardedFetch({ resolver, allow: [`${GOOD}/32`], totalTimeout: 1 });
    const outcome = await fetch({ url: `https://agent.example:${host.port}/client.json` });
    expect([answer, outcome]).toEqual([answer, expect.objectContaining({ ok: false, reason: 'address' })]);
    expect([answer, outgoing.connects(), outgoing.lookups()]).toEqual([answer, 0, 0]);
  }
  expect(host.connections()).toBe(0);
});

test('the tables have at least 200 spellings and names, all different', () => {
  const rows = [...GROUPS.flatMap(([, hosts]) => hosts), ...URLS, ...ANSWERS.map(String)];
  expect(rows.length).toBeGreaterThanOrEqual(200);
  expect(new Set([...GROUPS.flatMap(([, hosts]) => hosts), ...URLS]).size).toBe(rows.length - ANSWERS.length);
});

test('the connection of a fetch that is allowed is observed in the same way', async () => {
  const host = await startHost();
  const outgoing = watchOutgoing();
  const { fetch } = createGuardedFetch({ resolver: inside, ca: authority.cert, allow: ['127.0.0.1/32'] });
  expect(await fetch({ url: `https://agent.example:${host.port}/client.json` })).toMatchObject({ ok: true });
  expect([outgoing.connects(), outgoing.lookups(), host.connections()]).toEqual([1, 0, 1]);
});

test('connects to networks that are allowed to operators only at URLs that an operator chose', async () => {
  const host = await startHost();
  const { fetch } = createGuardedFetch({
    resolver: inside,
    ca: authority.cert,
    allowOperators: ['127.0.0.0/8'],
  });
  const url = `https://agent.example:${host.port}/jwks`;
  for (const request of [{ url }, { url, chosenBy: 'stranger' }] as const) {
    expect(await fetch(request)).toMatchObject({ ok: false, reason: 'address' });
  }
  expect(host.connections()).toBe(0);
  expect(await fetch({ url, chosenBy: 'operator' })).toMatchObject({ ok: true });
});

test('connects to no denied network, although it is allowed to operators', async () => {
  const host = await startHost();
  const networks = { allowOperators: ['127.0.0.0/8'], deny: ['127.0.0.1/32'] };
  const { fetch } = createGuardedFetch({ resolver: inside, ca: authority.cert, ...networks });
  const url = `https://agent.example:${host.port}/jwks`;
  expect(await fetch({ url, chosenBy: 'operator' })).toMatchObject({ ok: false, reason: 'address' });
  expect(host.connections()).toBe(0);
});
