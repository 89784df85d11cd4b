/**
 * A full database: requests store data at any rate, until the disk is full and everything that reads it is slow.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/770.html CWE-770}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11.1 RFC 9449 §11.1}
 *
 * Taken out: packages/server/src/endpoints/token.ts: `const outcome = await grantFor(` → `if (proof.use) await context.commit([proof.use]); const outcome = await grantFor(`
 * Then fails: stores no proof of a request in the name of a public client
 * Taken out: packages/server/src/endpoints/token.ts: `if (!room.allowed)` → `if (!room.allowed && room.retryAfter < 0)`
 * Then fails: limits token requests from one address with 429 and Retry-After
 * Taken out: packages/server/src/authorization/authorization-uses.ts: `return [...networks, ...pendingUses('authorizations', realm, info, atOnce)];` → `return networks;`
 * Then fails: limits authorizations in unknown browsers for the realm with 503 and Retry-After
 * Taken out: packages/server/src/person/current-session.ts: `const most = realm.settings.limits.sessionsPerPerson;` → `const most = Infinity;`
 * Then fails: limits sessions of one person, and deletes the oldest
 * Taken out: packages/server/src/endpoints/revoke.ts: `if (!room.allowed) return endById(` → `if (false) return endById(`
 * Then fails: limits the entries of one grant in the revocation list
 * Taken out: packages/server/src/grant/refresh-token.ts: `return secret === undefined ? { hash }` → `return secret !== '' ? { hash }`
 * Taken out: packages/core/src/audit/bounded-log.ts: `const isAdmitted = full === undefined;` → `const isAdmitted = true;`
 * Then fails: stores three tokens and 24 events for any number of refreshes of one grant
 * Taken out: packages/core/src/audit/bounded-log.ts: `cheapPerAddressPerHour = 250,` → `cheapPerAddressPerHour = 1_000_000,`
 * Then fails: omits refused requests from the audit log without a count in the database
 * Taken out: packages/core/src/audit/bounded-log.ts: `TOKEN_ERRORS.has(event.error) ? event.error : 'other'` → `event.reason`
 * Then fails: records no more events for invented parameter names than for others
 * Taken out: packages/core/src/registration/limits.ts: `uses: UPDATES_OF_ADDRESS * times` → `uses: 1_000_000`
 * Then fails: limits updates of registrations for the network
 * Taken out: packages/core/src/audit/trace.ts: `cutList(uris, (uri) => cutText(uri, MAX_URI));` → `uris;`
 * Then fails: records a limited part of redirect URIs in an update
 * Taken out: packages/node/src/upkeep/process-audit-log.ts: `organizationKey: (ip) => sourceOf(ip).organization,` → ``
 * Then fails: does not record events of an IPv6 /48 for each of its networks
 * Taken out: packages/core/src/audit/bounded-log.ts: `event.repeated === true` → `false`
 * Taken out: packages/core/src/audit/bounded-log.ts: `if (!isCommitted) for (const key of counted) counts.takeBack(key, event.at);` → `if (!isCommitted) return;`
 * Then fails: records 24 repetitions of a refresh token, and hides no refresh
 */
import { sha256 } from '@vestibule/http';
import type { ServerLimits } from '@vestibule/core/realm';
import { createMemoryStores } from '@vestibule/server/memory';
import { createAuditLog } from '@vestibule/node';
import { openDatabase } from '@vestibule/sqlite';
import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OPEN_SEED, startApp, type TestApp } from '../support/app.ts';
import { register } from '@vestibule/testing/oauth';
import { apiSecret } from './support/api.ts';
import { asksForConsent, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';
import { askWithProof, proofOf, thumbprintOf } from './support/dpop.ts';
import { newKey } from './support/jwt.ts';

/** The open realm with its own limits. */
function appWith(limits: Partial<ServerLimits> = {}): Promise<TestApp> {
  const { realm } = OPEN_SEED;
  return startApp({ ...OPEN_SEED, realm: { ...realm, settings: { ...realm.settings, limits } } });
}

test('stores no proof of a request in the name of a public client', async () => {
  const app = await appWith();
  const [client, key] = [await newClient(app), await newKey()];
  const url = `${app.issuer}/connect/token`;
  const fields = { grant_type: 'refresh_token', client_id: client.id, refresh_token: 'no such token' };
  const { nonce } = await askWithProof(app, fields, await proofOf(key, { url }));
  const thumbprint = await thumbprintOf(key);
  for (let i = 0; i < 20; i += 1) {
    const proof = await proofOf(key, { url, nonce, claims: { jti: `proof ${i}` } });
    expect((await askWithProof(app, fields, proof)).body.error).toBe('invalid_grant');
    const kept = sha256(`dpop:${JSON.stringify([thumbprint, `proof ${i}`])}`);
    expect(await app.stores.replays.note(app.realm.id, kept, Date.now() + 1_000)).toBe('first');
  }
});

test('limits token requests from one address with 429 and Retry-After', async () => {
  const app = await appWith({ tokenRequestsPerAddressPerHour: 10 });
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => fetch(`${app.issuer}/connect/token`, { method: 'POST' })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(30);
  expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
});

test('limits authorizations in unknown browsers for the realm with 503 and Retry-After', async () => {
  const app = await appWith({ pendingAuthorizations: 5, organizationPercentOfPending: 100 });
  const client = await newClient(app);
  const shown = [];
  for (let i = 0; i < 8; i += 1) shown.push(await newBrowser().open(client.url()));
  expect(shown.map(({ status }) => status)).toEqual([
    ...Array<number>(5).fill(200),
    ...Array<number>(3).fill(503),
  ]);
  expect(Number(shown.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('limits sessions of one person, and deletes the oldest', async () => {
  const app = await appWith({ sessionsPerPerson: 3 });
  const client = await newClient(app);
  const browsers = Array.from({ length: 5 }, () => newBrowser());
  const pages = [];
  for (const browser of browsers) pages.push(await browser.signIn(await browser.open(client.url())));
  expect(pages.every(asksForConsent)).toBe(true);
  const signedIn = [];
  for (const [index, { open }] of browsers.entries()) {
    signedIn.push(asksForConsent(await open(pages[index]?.url ?? '')));
  }
  expect(signedIn).toEqual([false, false, true, true, true]);
});

test('limits the entries of one grant in the revocation list', async () => {
  const app = await appWith({ revokedTokensPerGrant: 3 });
  const client = await newClient(app);
  let tokens = await client.tokens();
  const all = [tokens.access_token];
  for (let i = 0; i < 9; i += 1) {
    tokens = (await client.refresh(tokens.refresh_token)).body;
    all.push(tokens.access_token);
  }
  for (const token of [...all, ...all]) {
    const body = new URLSearchParams({ client_id: client.id, token });
    await fetch(`${app.issuer}/connect/revoke`, { method: 'POST', body });
  }
  const authorization = `Basic ${btoa(`notes:${await apiSecret(app, 'notes')}`)}`;
  const response = await fetch(`${app.issuer}/connect/revocations`, { headers: { authorization } });
  const list = await response.json();
  expect([list.token_ids.length, list.grant_ids.length]).toEqual([3, 1]);
});

test('stores three tokens and 24 events for any number of refreshes of one grant', async () => {
  const path = join(temporaryFolder(), 'app.db');
  const app = await startApp(OPEN_SEED, { database: path });
  const client = await newClient(app);
  const held = [(await client.tokens()).refresh_token];
  for (let i = 0; i < 40; i += 1) {
    held.push((await client.refresh(held.at(-1) ?? '')).body.refresh_token);
  }
  const database = openDatabase({ path });
  onTestFinished(() => database.close());
  const [newest, previous, oldest] = held.toReversed().map((token) => sha256(`refresh:${token}`));
  expect(database.prepare('SELECT token_hash, previous_hash, oldest_hash FROM grants').all()).toEqual([
    { token_hash: newest, previous_hash: previous, oldest_hash: oldest },
  ]);
  expect(database.prepare('SELECT hash FROM refresh_tokens').all()).toEqual([]);
  const { items } = await app.stores.audit.list(app.realm.id, { limit: 1_000 });
  const refreshes = items.filter(
    (event) => event.type === 'token.issued' && event.grantType === 'refresh_token',
  );
  expect(refreshes).toHaveLength(24);
});

/** How many events of each type are recorded. Refused requests are recorded after their responses. */
async function recorded(app: TestApp, ...types: readonly string[]): Promise<readonly number[]> {
  const { items } = await app.stores.audit.list(app.realm.id, { limit: 1_000 });
  return types.map((wanted) => items.filter(({ type }) => type === wanted).length);
}

test('omits refused requests from the audit log without a count in the database', async () => {
  const path = join(temporaryFolder(), 'app.db');
  const app = await startApp(OPEN_SEED, { database: path });
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'unknown', refresh_token: 'x' });
  for (let i = 0; i < 260; i += 1) await fetch(`${app.issuer}/connect/token`, { method: 'POST', body });
  await expect.poll(() => recorded(app, 'token.refused', 'audit.limited')).toEqual([250, 1]);
  const database = openDatabase({ path });
  onTestFinished(() => database.close());
  expect(database.prepare('SELECT key FROM rate_limits').all()).toEqual([]);
});

test('records no more events for invented parameter names than for others', async () => {
  const app = await appWith();
  for (let i = 0; i < 300; i += 1) {
    const body = new URLSearchParams([
      [`x${i}`, '1'],
      [`x${i}`, '1'],
    ]);
    expect((await fetch(`${app.issuer}/connect/token`, { method: 'POST', body })).status).toBe(400);
  }
  await expect.poll(() => recorded(app, 'token.refused')).toEqual([250]);
});

/** Clients that manage themselves, and an update for each. */
async function managed() {
  const { realm } = OPEN_SEED;
  const limits = { perAddressPerHour: 100, perRealmPerDay: 1_000 };
  const management = { enabled: true, rotateToken: false };
  const settings = { registration: { open: true, coalesce: false, management, limits } };
  const app = await startApp({ ...OPEN_SEED, realm: { ...realm, settings } });
  return {
    app,
    async newUpdate() {
      const metadata = { client_name: 'An app', redirect_uris: ['https://app.example/cb'] };
      const body = (await register(app, metadata)).body;
      return async (redirectUris: readonly string[]): Promise<number> => {
        const response = await fetch(body.registration_client_uri, {
          method: 'PUT',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${body.registration_access_token}`,
          },
          body: JSON.stringify({ ...metadata, client_id: body.client_id, redirect_uris: redirectUris }),
        });
        return response.status;
      };
    },
  };
}

test('limits updates of registrations for the network', async () => {
  const { app, newUpdate } = await managed();
  const statuses = [];
  for (let client = 0; client < 4; client += 1) {
    const update = await newUpdate();
    for (let time = 0; time < 20; time += 1) statuses.push(await update([`https://app.example/${time}`]));
  }
  expect(statuses).toEqual([...Array<number>(60).fill(200), ...Array<number>(20).fill(429)]);
  const { items } = await app.stores.audit.list(app.realm.id, { limit: 1_000 });
  expect(items.filter(({ type }) => type === 'client.updated')).toHaveLength(60);
});

test('records a limited part of redirect URIs in an update', async () => {
  const { app, newUpdate } = await managed();
  const update = await newUpdate();
  const long = Array.from({ length: 10 }, (_, n) => `https://app.example/${n}/${'x'.repeat(1_500)}`);
  expect(await update(long)).toBe(200);
  const { items } = await app.stores.audit.list(app.realm.id, { limit: 1_000 });
  const event = items.find(({ type }) => type === 'client.updated');
  expect(JSON.stringify(event)).toContain(`"https://app.example/9/xxx`);
  expect(JSON.stringify(event).length).toBeLessThan(8_000);
});

test('does not record events of an IPv6 /48 for each of its networks', async () => {
  const stores = createMemoryStores();
  const audit = createAuditLog(stores, () => {});
  const refused = {
    type: 'token.refused',
    error: 'invalid_client',
    reason: 'unknown',
    realm: 'main',
  } as const;
  for (let network = 0; network < 5_000; network += 1) {
    await audit.record({ ...refused, at: network, ip: `2001:db8:1:${network.toString(16)}::1` });
  }
  await audit.record({ ...refused, at: 0, ip: '2001:db8:2::1' });
  await audit.recordOmitted(5_000);
  const counts = Map.groupBy(stores.audit.events, ({ type }) => type);
  expect([counts.get('token.refused')?.length, counts.get('audit.limited')?.length]).toEqual([4_001, 1]);
});

test('records 24 repetitions of a refresh token, and hides no refresh', async () => {
  const app = await appWith();
  const client = await newClient(app);
  const { refresh_token } = await client.tokens();
  for (let i = 0; i < 30; i += 1) await client.refresh(refresh_token);
  let { body } = await client.refresh(refresh_token);
  for (let i = 0; i < 5; i += 1) ({ body } = await client.refresh(body.refresh_token));
  const { items } = await app.stores.audit.list(app.realm.id, { limit: 1_000 });
  const refreshes = items.flatMap((event) =>
    event.type === 'token.issued' && event.grantType === 'refresh_token' ? [event.repeated] : [],
  );
  expect(refreshes.filter((repeated) => repeated === true)).toHaveLength(24);
  expect(refreshes.filter((repeated) => repeated === undefined)).toHaveLength(6);
});
