/**
 * A document whose URL is the `client_id` of a client that an operator decided about: it takes over the rights of the client, or ends
 * its block.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-5 CIMD §5}
 * @see {@link https://cwe.mitre.org/data/definitions/694.html CWE-694}
 *
 * Taken out: packages/cimd/src/wanted-document.ts: `(stored === undefined || stored.blockedAt !== undefined)) return OTHER;` → `stored?.blockedAt !== undefined) return OTHER;`
 * Then fails: does not replace a client that an operator created
 * Taken out: packages/cimd/src/wanted-document.ts: `(stored === undefined || stored.blockedAt !== undefined)) return OTHER;` → `stored === undefined) return OTHER;`
 * Then fails: does not end the block of a client
 * Taken out: packages/cimd/src/store-document.ts: `found !== undefined && found.blockedAt === undefined &&` → `found !== undefined &&`
 * Then fails: does not end a block that begins while the document is fetched
 */
import { authorizeUrl } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';

const CLIENT = 'https://agent.example/client.json';

/** Longer than any copy is fresh, in milliseconds. */
const LATER = 2 * 86_400_000;

const come = (app: TestApp) =>
  fetch(authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK }), { redirect: 'manual' });

async function block({ stores, realm }: TestApp): Promise<void> {
  const client = await stores.clients.find(realm.id, CLIENT);
  if (client === undefined) throw new Error('The client is unknown.');
  await stores.clients.replace({ ...client, blockedAt: 1 }, client.version);
}

test('does not replace a client that an operator created', async () => {
  const { app, fetched } = await startDocumentApp();
  const { stores, realm, notes } = app;
  const client = {
    kind: 'pre-registered',
    realm: realm.id,
    id: CLIENT,
    version: 1,
    name: 'Ours',
    redirectUris: ['https://ours.example/cb'],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: 0,
    terms: {
      authentication: { method: 'none' },
      access: [{ resource: notes.href, scopes: ['notes:read'] }],
      rememberConsent: false,
    },
  } as const;
  await stores.clients.insert(client);
  expect((await come(app)).status).toBe(400);
  expect(await stores.clients.find(realm.id, CLIENT)).toEqual(client);
  expect(fetched).toEqual([]);
});

test('does not end the block of a client', async () => {
  let now = Date.now();
  const { app, fetched } = await startDocumentApp({}, { now: () => now });
  expect((await come(app)).status).toBe(303);
  await block(app);
  now += LATER;
  expect((await come(app)).status).toBe(403);
  expect(await app.stores.clients.find(app.realm.id, CLIENT)).toHaveProperty('blockedAt');
  expect(fetched).toHaveLength(1);
});

test('does not end a block that begins while the document is fetched', async () => {
  let now = Date.now();
  const { app, fetched, makeSlow, answerAll } = await startDocumentApp({}, { now: () => now });
  expect((await come(app)).status).toBe(303);
  now += LATER;
  makeSlow();
  const coming = come(app);
  await expect.poll(() => fetched).toHaveLength(2);
  await block(app);
  answerAll();
  expect((await coming).status).toBe(403);
  expect(await app.stores.clients.find(app.realm.id, CLIENT)).toHaveProperty('blockedAt');
});
