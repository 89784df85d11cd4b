import { cite } from '@vestibule/requirements';
import { NOW } from '@vestibule/testing/now';
import { describe, expect, test } from 'vitest';
import { createMemoryClientStore } from '../memory/index.ts';
import type { Realm } from '../realm/realm.ts';
import { realmSettings } from '../realm/settings.ts';
import type { Vendor } from '../brand/vendor.ts';
import { dynamicClients, storedClients } from './client-source.ts';
import type { StoredClient } from './stored-client.ts';

const THEN = Date.UTC(2026, 7, 1);
const SLEPT = Date.UTC(2026, 9, 30);
const sleeper: StoredClient = {
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: ['http://localhost/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: THEN,
  lastUsedAt: THEN,
};

async function setUp(client: StoredClient = sleeper) {
  const store = createMemoryClientStore();
  await store.insert(client);
  return { store, clients: dynamicClients(store) };
}

describe('waking a client', () => {
  test(cite('it is in use from now on, and is as it was', 'vestibule:lifecycle:revived'), async () => {
    const { store, clients } = await setUp({ ...sleeper, hibernatedAt: SLEPT });
    expect(await clients.wake({ ...sleeper, hibernatedAt: SLEPT }, NOW)).toBe('woken');
    expect(await store.find('main', 'app')).toEqual({ ...sleeper, version: 2, lastUsedAt: NOW });
  });

  test(cite('is done by one of many concurrent calls', 'vestibule:lifecycle:revived'), async () => {
    const { store, clients } = await setUp();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => clients.wake(sleeper, NOW + index)),
    );
    expect(outcomes.filter((outcome) => outcome === 'woken')).toHaveLength(1);
    expect((await store.find('main', 'app'))?.lastUsedAt).toBeGreaterThanOrEqual(NOW);
  });

  test.each<[string, Partial<StoredClient>]>([
    ['a sweep puts it to sleep', { hibernatedAt: SLEPT }],
    ['it is updated', { name: 'App 2' }],
  ])(cite('it is woken though at that moment %s', 'vestibule:lifecycle:audit'), async (_, change) => {
    const { store, clients } = await setUp();
    await store.replace({ ...sleeper, ...change }, 1);
    expect(await clients.wake(sleeper, NOW)).toBe('woken');
    const { hibernatedAt: _slept, ...kept } = change;
    expect(await store.find('main', 'app')).toEqual({ ...sleeper, ...kept, version: 3, lastUsedAt: NOW });
  });

  test('one that is blocked at that moment stays blocked', async () => {
    const { store, clients } = await setUp();
    await store.replace({ ...sleeper, blockedAt: NOW }, 1);
    await clients.wake(sleeper, NOW);
    expect(await store.find('main', 'app')).toMatchObject({ blockedAt: NOW });
  });

  test('one that is removed at that moment does not come back', async () => {
    const { store, clients } = await setUp();
    await store.remove('main', 'app');
    expect(await clients.wake(sleeper, NOW)).toBe('noted');
    await clients.noteUse(sleeper, NOW);
    expect(await store.find('main', 'app')).toBeUndefined();
  });
});

describe('the vendor that a client names', () => {
  const acme: Vendor = { name: 'Acme Mail', hosts: ['acme.example'] };
  const bolt: Vendor = { name: 'Boltwright', hosts: ['bolt.example'] };
  const realm: Realm = {
    id: 'main',
    name: 'Main',
    issuer: 'https://id.example',
    settings: realmSettings({ registration: { vendors: [bolt] } }),
    apis: [],
    scopes: [],
  };

  test.each<[string, Partial<StoredClient>, string | undefined]>([
    ['one of the directory', { name: 'Acme Mail' }, 'Acme Mail'],
    ['one of the realm’s own', { name: 'Boltwright CLI' }, 'Boltwright'],
    ['one in another language', { name: 'App', translations: { fr: { name: 'Acme Mail' } } }, 'Acme Mail'],
    ['none', { name: 'Fern Watering' }, undefined],
  ])('%s', (_, change, vendor) => {
    const { vendorNamed } = dynamicClients(createMemoryClientStore(), { vendors: [acme] });
    expect(vendorNamed(realm, { ...sleeper, ...change })).toBe(vendor);
  });
});

describe('who a client is', () => {
  const made: StoredClient = {
    ...sleeper,
    id: 'acme',
    name: 'Acme Mail',
    preregistration: { authentication: { method: 'none' }, access: [], rememberConsent: false },
  };
  const realm: Realm = {
    id: 'main',
    name: 'Main',
    issuer: 'https://id.example',
    apis: [],
    scopes: [],
    settings: realmSettings({ registration: { vendors: [{ name: 'Acme Mail', hosts: ['acme.example'] }] } }),
  };

  test('one that an operator made is none of those that introduced themselves', async () => {
    const { store, clients } = await setUp(made);
    expect(await clients.resolve('main', 'acme')).toBeUndefined();
    expect(await storedClients(store).resolve('main', 'acme')).toEqual(made);
    expect(await storedClients(store).resolve('other', 'acme')).toBeUndefined();
  });

  test('both are found in one store, and only those that introduced themselves are judged', async () => {
    const { store } = await setUp(made);
    const introduced = { ...sleeper, name: 'Acme Mail', redirectUris: ['http://app.example/cb'] };
    await store.insert(introduced);
    const { resolve, judgeAgain, vendorNamed } = storedClients(store);
    expect(await resolve('main', 'app')).toEqual(introduced);
    expect(judgeAgain(realm, introduced)).toBeDefined();
    expect(vendorNamed(realm, introduced)).toBe('Acme Mail');
    expect(judgeAgain(realm, { ...introduced, ...made })).toBeUndefined();
    expect(vendorNamed(realm, made)).toBeUndefined();
  });
});
