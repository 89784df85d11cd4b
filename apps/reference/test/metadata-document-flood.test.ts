import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { memoryInUse } from '@vestibule/testing/memory';
import { respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { expect, test } from 'vitest';
import { fetchOnLoopback, startOpenToDocuments } from './support/document-app.ts';
import { authorizeUrl } from './support/oauth.ts';

/** How many URLs are named: many in the long tests, a few otherwise. */
const URLS = process.env['LONG_TESTS'] === 'true' ? 10_000 : 600;
/** They are named in so many minutes, at so many a time. */
const MINUTES = 6;
const AT_ONCE = 20;
/** Fetches in a minute because of one address, and unknown documents of one address in an hour. */
const FETCHES_PER_MINUTE = 10;
const ROWS_PER_HOUR = 30;
/** The memory of code that ran for the first time, in bytes. */
const MEMORY_LEFT = 5 * 2 ** 20;
/** The audit log leaves out what one address causes too often. */
const EVENTS = 500;

const STRANGER = '192.0.2.1';
const PERSON = '198.51.100.1';

test('a stranger who names one URL after the other causes few fetches, leaves few clients and keeps no memory', async () => {
  let now = Date.now();
  const authority = createCertificateAuthority();
  const host = await startHttpsHost(authority.issue({ hosts: ['*.agents.example'] }), (socket, request) => {
    const [, path, name] = /^GET (\S+) .*?\r\nhost: (\S+)\r\n/is.exec(request) ?? [];
    const client_id = `https://${name}${path}`;
    respondWithJson({ client_id, redirect_uris: ['http://localhost/callback'] })(socket, request);
  });
  const { vestibule, ...app } = await startOpenToDocuments(fetchOnLoopback(authority), {
    clock: () => now,
    trustProxy: 1,
  });
  const come = async (name: string, from: string): Promise<number> => {
    const clientId = `https://${name}.agents.example:${host.port}/client.json`;
    const url = authorizeUrl(app, clientId, { redirect_uri: 'http://localhost:8093/callback' });
    const response = await fetch(url, { headers: { 'x-forwarded-for': from }, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  };
  let named = 0;
  const statuses = new Map<number, number>();
  const nameMany = async (many: number): Promise<void> => {
    for (let left = many; left > 0; left -= AT_ONCE) {
      const some = Array.from({ length: Math.min(left, AT_ONCE) }, () => come(`h${(named += 1)}`, STRANGER));
      for (const status of await Promise.all(some)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };

  // The first minute also runs all code for the first time.
  await nameMany(URLS / MINUTES);
  const before = memoryInUse();
  for (let minute = 1; minute < MINUTES; minute += 1) {
    now += 60_000;
    await nameMany(URLS / MINUTES);
    // Others are served meanwhile.
    expect(await come(`p${minute}`, PERSON)).toBe(303);
  }
  const strangers = host.requests.length - (MINUTES - 1);
  expect(strangers).toBeLessThanOrEqual(MINUTES * FETCHES_PER_MINUTE);
  expect(statuses).toEqual(
    new Map([
      [303, ROWS_PER_HOUR],
      [429, named - ROWS_PER_HOUR],
    ]),
  );
  const { items, next } = await vestibule.stores.clients.list('test', { limit: 100 });
  expect([items.length, next]).toEqual([ROWS_PER_HOUR + MINUTES - 1, undefined]);
  const events = await vestibule.stores.audit.list('test', { limit: EVENTS });
  expect(events.next).toBeUndefined();
  expect(memoryInUse() - before).toBeLessThan(MEMORY_LEFT);
}, 300_000);
