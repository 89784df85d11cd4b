/**
 * Clients that are stored nowhere: a `client_id` that contains a client is changed, made up, taken from another server or
 * realm, or replayed after the client was deleted.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#appendix-A.5.2 RFC 7591 Appendix A.5.2}
 * @see {@link https://cwe.mitre.org/data/definitions/353.html CWE-353}
 * @see {@link https://cwe.mitre.org/data/definitions/294.html CWE-294}
 *
 * Taken out: packages/server/src/key/client-sealer.ts: `decipher.update(bytes.subarray(IV_LENGTH, end)), decipher.final()` → `decipher.update(bytes.subarray(IV_LENGTH, end))`
 * Then fails: knows no client in an id that was changed
 * Taken out: packages/server/src/key/client-sealer.ts: `|| bytes.toString('base64url') !== encoded` → ``
 * Then fails: knows one spelling of each id only
 * Taken out: packages/core/src/client/sealed-clients.ts: `(await wasStored(realmId, id)) ? clients.find(realmId, id) : sealed` → `sealed`
 * Taken out: packages/server/src/client/store-sealed-client.ts: `[noted(client), ...storingOf(` → `[...storingOf(`
 * Then fails: does not bring back a client that an operator deleted
 * Taken out: packages/core/src/client/sealed-clients.ts: `return isOver ?` → `return isOver && false ?`
 * Taken out: packages/core/src/lifecycle/life.ts: `client.expiresAt <= now` → `client.expiresAt < 0`
 * Then fails: knows no client in an id that has expired
 * Taken out: packages/core/src/client/standing.ts: `isSealed(client) ? judgeAgain(client, realm, rules) : undefined` → `undefined`
 * Then fails: does not let a client keep what the policy refuses now
 * Taken out: packages/server/src/key/sealing-keys.ts: `keys.compromised === true &&` → `false &&`
 * Then fails: knows no client that was sealed with a compromised key
 */
import { createOperator } from '@vestibule/core/operator';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { randomToken, sha256 } from '@vestibule/http';
import { token } from '@vestibule/testing/oauth';
import { ACTOR } from '@vestibule/testing/operator';
import { createHash, createHmac } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { OPEN_SEED, type SeedFile, startApp, type TestApp } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { newRegisteredClient } from './support/client.ts';

const DAY = 86_400_000;

const storesLater = (seed: SeedFile = OPEN_SEED): SeedFile => ({
  ...seed,
  realm: {
    ...seed.realm,
    settings: {
      ...seed.realm.settings,
      registration: { ...seed.realm.settings?.registration, persistence: 'deferred' },
    },
  },
});

const app = attackedApp(storesLater());

/** What a person's browser gets for an authorization request of this client. */
async function shownFor(client: { url(): URL }, id: string): Promise<{ status: number; text: string }> {
  const url = client.url();
  url.searchParams.set('client_id', id);
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
}

/** Whether a client is known: the browser is then led to the sign-in. */
const isKnown = async (client: { url(): URL }, id: string): Promise<boolean> =>
  (await shownFor(client, id)).status === 303;

async function changeSettings({ change }: TestApp, settings: PartialRealmSettings): Promise<void> {
  await change((realm) => ({
    ...realm,
    settings: {
      ...realm.settings,
      keys: { ...realm.settings.keys, ...settings.keys },
      registration: {
        ...realm.settings.registration,
        reservedNames: settings.registration?.reservedNames ?? [],
      },
    },
  }));
}

test('knows no client in an id that was changed', async () => {
  const client = await newRegisteredClient(app());
  expect(await isKnown(client, client.id)).toBe(true);
  const [version = '', key = '', encoded = ''] = client.id.split('.');
  const bytes = Buffer.from(encoded, 'base64url');
  const flipped = (at: number): string => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    return [version, key, changed.toString('base64url')].join('.');
  };
  const changed = [
    ...Array.from(bytes.keys(), flipped),
    ...[1, 2, 16, 40].map((count) => client.id.slice(0, -count)),
    [version, key, bytes.subarray(1).toString('base64url')].join('.'),
    [version, key, Buffer.concat([bytes, bytes]).toString('base64url')].join('.'),
  ];
  for (const id of changed) expect([id, await isKnown(client, id)]).toEqual([id, false]);
});

test('knows one spelling of each id only', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  // Ids of three lengths: one of them has no spare bits.
  for (const name of ['Kestrel 71', 'Kestrel 7114', 'Kestrel 71145 x9']) {
    const client = await newRegisteredClient(app(), undefined, { client_name: name });
    const { id } = client;
    const others = [`${id}=`, `${id}==`, `${id} `, ` ${id}`, `${id}\n`, id.toUpperCase(), `${id}.`];
    for (const last of alphabet) others.push(`${id.slice(0, -1)}${last}`);
    for (const other of others.filter((one) => one !== id)) {
      expect([other, await isKnown(client, other)]).toEqual([other, false]);
    }
  }
});

test('knows no client that an attacker made up', async () => {
  const client = await newRegisteredClient(app());
  const [, key = ''] = client.id.split('.');
  const own = JSON.stringify([
    Date.now(),
    Date.now() + DAY,
    { client_name: 'X', redirect_uris: ['https://evil.example'] },
  ]);
  const packed = deflateRawSync(own);
  const signed = createHmac('sha256', key).update(packed).digest();
  for (const bytes of [
    Buffer.from(own),
    packed,
    Buffer.concat([packed, signed]),
    Buffer.concat([Buffer.alloc(12), packed, Buffer.alloc(16)]),
    Buffer.concat([Buffer.alloc(12), packed, createHash('md5').update(packed).digest()]),
    Buffer.alloc(0),
    Buffer.alloc(28),
    Buffer.alloc(29),
  ]) {
    for (const id of [
      `sealed1.${key}.${bytes.toString('base64url')}`,
      `sealed1.AAAAAAAA.${bytes.toString('base64url')}`,
    ]) {
      expect([id, await isKnown(client, id)]).toEqual([id, false]);
    }
  }
});

test('knows no client of another server, realm or version', async () => {
  const other = { ...OPEN_SEED, realm: { ...OPEN_SEED.realm, id: 'other', issuer: '/realms/other' } };
  const both = await startApp(storesLater(), { others: [storesLater(other)] });
  const [here, there] = [
    await newRegisteredClient(both),
    await newRegisteredClient({ ...both, issuer: `${both.issuer}/realms/other` }),
  ];
  const elsewhere = await newRegisteredClient(app());
  expect(await isKnown(here, here.id)).toBe(true);
  expect(await isKnown(there, there.id)).toBe(true);
  const [, key, rest] = here.id.split('.');
  const [, keyThere, restThere] = there.id.split('.');
  for (const id of [
    there.id,
    elsewhere.id,
    `sealed1.${keyThere}.${rest}`,
    `sealed1.${key}.${restThere}`,
    `sealed2.${key}.${rest}`,
    `sealed0.${key}.${rest}`,
    `${key}.${rest}`,
  ]) {
    expect([id, await isKnown(here, id)]).toEqual([id, false]);
  }
  expect(await isKnown(there, here.id)).toBe(false);
});

test('says the same of every id that it does not know', async () => {
  const client = await newRegisteredClient(app());
  const [version, key, rest = ''] = client.id.split('.');
  const wrong = [
    'no-such-client',
    client.id.slice(0, -1),
    `sealed2.${key}.${rest}`,
    `${version}.AAAAAAAA.${rest}`,
    `${version}.${key}.${rest.slice(0, 8)}`,
  ];
  const shown = await Promise.all(wrong.map((id) => shownFor(client, id)));
  // The page quotes the id itself.
  const said = shown.map(({ status, text }) => `${status} ${text.replace(/client_id &#39;.*?&#39;/, '')}`);
  expect(said[0]).toMatch(/^400 .*not known here/s);
  expect(new Set(said).size).toBe(1);
  const refused = await Promise.all(
    wrong.map((id) => token(app(), { grant_type: 'refresh_token', client_id: id, refresh_token: 'x' })),
  );
  expect(new Set(refused.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
});

test('does not bring back a client that an operator deleted', async () => {
  const { stores, realm } = app();
  const operator = createOperator({ ...stores, clock: Date.now, generateToken: randomToken, hash: sha256 });
  const client = await newRegisteredClient(app());
  const { refresh_token: refresh } = await client.tokens();
  expect(await operator.clients.remove(ACTOR, realm.id, client.id)).toBe('changed');
  expect(await isKnown(client, client.id)).toBe(false);
  expect((await client.refresh(refresh)).status).toBe(401);
  await expect(client.code()).rejects.toThrow();
  expect(await stores.clients.find(realm.id, client.id)).toBeUndefined();
});

test('does not let a client on that an operator blocked', async () => {
  const { stores, realm } = app();
  const operator = createOperator({ ...stores, clock: Date.now, generateToken: randomToken, hash: sha256 });
  const client = await newRegisteredClient(app());
  const { refresh_token: refresh } = await client.tokens();
  await operator.clients.block(ACTOR, realm.id, client.id);
  expect(await isKnown(client, client.id)).toBe(false);
  expect((await client.refresh(refresh)).body.error).toBe('invalid_grant');
});

test('knows no client in an id that has expired', async () => {
  let now = Date.now();
  const later = await startApp(storesLater(), { clock: () => now });
  const client = await newRegisteredClient(later);
  now += 30 * DAY - 1_000;
  expect(await isKnown(client, client.id)).toBe(true);
  now += 1_000;
  expect(await isKnown(client, client.id)).toBe(false);
  now += DAY;
  expect(await isKnown(client, client.id)).toBe(false);
});

test('does not let a client keep what the policy refuses now', async () => {
  const client = await newRegisteredClient(app(), undefined, { client_name: 'Kestrel Mail' });
  expect(await isKnown(client, client.id)).toBe(true);
  await changeSettings(app(), { registration: { reservedNames: ['Kestrel'] } });
  expect(await isKnown(client, client.id)).toBe(false);
  await changeSettings(app(), {});
});

test('knows no client that was sealed with a compromised key', async () => {
  const client = await newRegisteredClient(app());
  await changeSettings(app(), { keys: { replaceMadeBefore: Date.now() + 1, compromised: true } });
  expect(await isKnown(client, client.id)).toBe(false);
  const next = await newRegisteredClient(app());
  expect(await isKnown(next, next.id)).toBe(true);
});

test('stores nothing for any number of registrations', async () => {
  const { stores, realm } = app();
  const page = { limit: 1_000 };
  const before = [await stores.clients.list(realm.id, page), await stores.audit.list(realm.id, page)];
  for (let i = 0; i < 50; i += 1) await newRegisteredClient(app());
  expect([await stores.clients.list(realm.id, page), await stores.audit.list(realm.id, page)]).toEqual(
    before,
  );
});
