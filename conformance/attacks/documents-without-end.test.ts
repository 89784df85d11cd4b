/**
 * A stranger who names one URL after the other as `client_id`, of websites that answer anything, or never: the server fetches and stores
 * without end, or has no fetches left for others.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/770.html CWE-770}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.6 CIMD §9.6, SSRF}
 *
 * Taken out: packages/cimd/src/store-document.ts: `...reservations(uses, fetchedAt)` → ``
 * Then fails: stores a limited number of documents that no person approved
 * Taken out: packages/cimd/src/document-uses.ts: `return [...ofNetworks, ...ofRealm, ofHost];` → `return [...ofNetworks, whole, ofHost];`
 * Then fails: leaves most of the documents of a day to other organizations
 * Taken out: packages/cimd/src/fetch-governor.ts: `PER_ADDRESS.uses * times` → `1_000_000`
 * Then fails: fetches a few documents a minute because of one address
 * Taken out: packages/cimd/src/fetch-governor.ts: `atOnce.of(key) >= MOST_AT_ONCE_OF_NETWORK[name]` → `false`
 * Then fails: leaves fetches to others while one organization has it wait for slow websites
 * Taken out: packages/cimd/src/wanted-document.ts: `outcome !== 'limited'` → `true`
 * Then fails: has a person wait for the fetch of a stranger, and not share the limit that the stranger has reached
 * Taken out: packages/server/src/endpoints/token.ts: `if (!('status' in issued)) return` → `if (client.kind === 'metadata-document') context.metadataDocuments?.refresh(realm, client); if (!('status' in issued)) return`
 * Taken out: packages/server/src/endpoints/token.ts: `if (!outcome.ok) return refused` → `if (client.kind === 'metadata-document') context.metadataDocuments?.refresh(realm, client); if (!outcome.ok) return refused`
 * Then fails: fetches nothing for a request without a token
 */
import { authorizeUrl, token } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';

/** Longer than any copy is fresh, in milliseconds. */
const LATER = 2 * 86_400_000;

const come = async (app: TestApp, clientId: string, from = '192.0.2.1'): Promise<number> => {
  const headers = { 'x-forwarded-for': from };
  return (
    await fetch(authorizeUrl(app, clientId, { redirect_uri: CALLBACK }), { headers, redirect: 'manual' })
  ).status;
};

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

const storedIn = async ({ stores, realm }: TestApp): Promise<number> =>
  (await stores.clients.list(realm.id, { limit: 100 })).items.length;

test('stores a limited number of documents that no person approved', async () => {
  const { app } = await startDocumentApp({
    limits: { perAddressPerHour: 1_000, perRealmPerDay: 12, perHostPerDay: 3 },
  });
  for (const number of numbers(5)) await come(app, `https://one.example/${number}`, `192.0.2.${number}`);
  expect(await storedIn(app)).toBe(3);
  for (const number of numbers(20)) await come(app, `https://h${number}.example/c`, `10.${number}.0.1`);
  expect(await storedIn(app)).toBe(12);
});

test('leaves most of the documents of a day to other organizations', async () => {
  const { app } = await startDocumentApp({
    limits: { perAddressPerHour: 1_000, perRealmPerDay: 20, perHostPerDay: 1_000 },
  });
  for (const number of numbers(12)) {
    await come(app, `https://h${number}.example/c`, `2001:db8:1:${number}00::1`);
  }
  expect(await storedIn(app)).toBe(5);
  expect(await come(app, 'https://agent.example/c', '192.0.2.1')).toBe(303);
});

test('fetches a few documents a minute because of one address', async () => {
  const { app, fetched } = await startDocumentApp();
  for (const number of numbers(30)) await come(app, `https://h${number}.example/c`);
  expect(fetched).toHaveLength(10);
});

test('leaves fetches to others while one organization has it wait for slow websites', async () => {
  const { app, fetched, answerAll } = await startDocumentApp({}, { isSlow: true });
  const refused: number[] = [];
  const waiting = numbers(40).map(async (number) => {
    const status = await come(app, `https://h${number}.example/c`, `2001:db8:1:${number}00::1`);
    if (status !== 303) refused.push(status);
  });
  await expect.poll(() => fetched.length + refused.length).toBe(40);
  const other = come(app, 'https://agent.example/c', '192.0.2.1');
  await expect.poll(() => fetched.length + refused.length).toBe(41);
  answerAll();
  expect(await other).toBe(303);
  await Promise.all(waiting);
  expect(refused).toEqual(Array.from({ length: 32 }, () => 429));
});

test('has a person wait for the fetch of a stranger, and not share the limit that the stranger has reached', async () => {
  const { app, fetched, makeSlow, answerAll } = await startDocumentApp({ limits: { perAddressPerHour: 1 } });
  const stranger = '2001:db8:1::1';
  expect(await come(app, 'https://first.example/c', stranger)).toBe(303);
  makeSlow();
  const clientId = 'https://agent.example/c';
  const refused = come(app, clientId, stranger);
  await expect.poll(() => fetched.length).toBe(2);
  const person = come(app, clientId, '192.0.2.1');
  // Requests that are sent later and end: the person's has arrived.
  for (const ip of ['192.0.2.2', '192.0.2.3']) {
    expect(await come(app, 'https://first.example/c', ip)).toBe(303);
  }
  answerAll();
  expect(await Promise.all([refused, person])).toEqual([429, 303]);
});

test('fetches nothing for a request without a token', async () => {
  let now = Date.now();
  const { app, fetched } = await startDocumentApp({}, { now: () => now });
  const clientId = 'https://agent.example/c';
  expect(await come(app, clientId)).toBe(303);
  now += LATER;
  for (const refreshToken of ['guessed', 'again']) {
    const fields = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
    expect(await token(app, fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  }
  expect(fetched).toHaveLength(1);
});
