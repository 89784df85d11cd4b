import { NOW } from '@vestibule/testing/now';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { DynamicClient } from '../client/client.ts';
import {
  createMemoryLeaseStore,
  createMemoryRealmStore,
  createMemoryRegistrationStores,
} from '../memory/index.ts';
import type { Realm } from '../realm/realm.ts';
import { type Lifecycle, withDefaultSettings } from '../realm/settings.ts';
import { after } from '../time.ts';
import { lifeOf } from './life.ts';
import { createClientSweeper } from './sweep-clients.ts';

const realmWith = (lifecycle: Partial<Lifecycle>): Realm => ({
  ...EMPTY_REALM,
  settings: withDefaultSettings({ lifecycle, lifetimes: { transaction: 20, code: 5 } }),
});

const client = (lastUsedAt?: number): DynamicClient => ({
  kind: 'dynamic',
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW,
  registration: {},
  ...(lastUsedAt !== undefined && { lastUsedAt }),
});

function setUp(lifecycle: Partial<Lifecycle>) {
  let now = NOW;
  const { clients, audit, commit } = createMemoryRegistrationStores();
  const sweeper = createClientSweeper({
    realms: createMemoryRealmStore(realmWith(lifecycle)),
    clients,
    commit,
    leases: createMemoryLeaseStore(),
    audit,
    clock: () => now,
    holder: 'here',
  });
  return { sweeper, clients, audit, at: (seconds: number) => void (now = after(NOW, seconds)) };
}

const moment = fc.integer({ min: 0, max: 500 });
const period = fc.integer({ min: 1, max: 100 });

test(
  cite('the state of a client does not depend on when sweeps run', 'vestibule:lifecycle:by-time'),
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ unused: period, dormant: period, asleep: period }),
        fc.option(moment, { nil: undefined }),
        fc.array(moment, { maxLength: 5 }),
        moment,
        async (lifecycle, used, sweeps, asked) => {
          const { sweeper, clients, at } = setUp(lifecycle);
          const untouched = client(used === undefined ? undefined : after(NOW, used));
          await clients.insert(untouched);
          for (const seconds of sweeps.filter((time) => time <= asked).toSorted((a, b) => a - b)) {
            at(seconds);
            await sweeper.sweep('main', 10);
          }
          const expected = lifeOf(untouched, lifecycle, after(NOW, asked));
          const swept = await clients.find('main', 'app');
          if (swept === undefined) expect(expected.state).toBe('gone');
          else expect(lifeOf(swept, lifecycle, after(NOW, asked))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  },
);

test(
  cite('a sweep that runs years late does not hibernate an expired client', 'vestibule:lifecycle:asleep'),
  async () => {
    const { sweeper, clients, audit, at } = setUp({ unused: 10, dormant: 100, asleep: 1_000 });
    await clients.insert(client(NOW));
    at(1_000_000);
    expect(await sweeper.sweep('main', 10)).toEqual({
      outcome: 'swept',
      unused: 0,
      hibernated: 1,
      asleep: 1,
      forgotten: 0,
      documents: 0,
    });
    expect(await clients.find('main', 'app')).toBeUndefined();
    expect(audit.events.map(({ type }) => type)).toEqual(['client.hibernated', 'client.removed']);
  },
);

/** Sweeps of two nodes over the same stores. The first takes so many seconds to remove each client. */
function slowly(secondsEach: number) {
  let now = after(NOW, 1_000_000);
  const { clients, audit, commit } = createMemoryRegistrationStores();
  const shared = {
    realms: createMemoryRealmStore(realmWith({ unused: 10, dormant: 100, asleep: 1_000 })),
    clients,
    commit,
    leases: createMemoryLeaseStore(),
    audit,
    clock: () => now,
  };
  const there = createClientSweeper({ ...shared, holder: 'there' });
  const told: unknown[] = [];
  const here = createClientSweeper({
    ...shared,
    holder: 'here',
    commit: async (changes) => {
      now = after(now, secondsEach);
      told.push((await there.sweep('main', 0)).outcome);
      return commit(changes);
    },
  });
  return { here, clients, told };
}

const many = (count: number): readonly DynamicClient[] =>
  Array.from({ length: count }, (_, number) => ({ ...client(), id: `app-${number}` }));

test(cite('a sweep stays the only one however long it takes', 'vestibule:lifecycle:one-node'), async () => {
  const { here, clients, told } = slowly(25);
  for (const one of many(6)) await clients.insert(one);
  expect(await here.sweep('main', 10)).toMatchObject({ outcome: 'swept', unused: 6 });
  expect(told).toEqual(Array.from({ length: 6 }, () => 'busy'));
});

test(cite('a sweep that another node has taken over stops', 'vestibule:lifecycle:one-node'), async () => {
  let now = after(NOW, 1_000_000);
  const { clients, audit, commit } = createMemoryRegistrationStores();
  const leases = createMemoryLeaseStore();
  const sweeper = createClientSweeper({
    realms: createMemoryRealmStore(realmWith({ unused: 10, dormant: 100, asleep: 1_000 })),
    clients,
    commit: async (changes) => {
      now = after(now, 61);
      await leases.take('clients:main', 'there', now, after(now, 60));
      return commit(changes);
    },
    leases,
    audit,
    clock: () => now,
    holder: 'here',
  });
  for (const one of many(3)) await clients.insert(one);
  await clients.insert({ ...client(NOW), id: 'dormant' });
  expect(await sweeper.sweep('main', 10)).toEqual({
    outcome: 'swept',
    unused: 1,
    hibernated: 0,
    asleep: 0,
    forgotten: 0,
    documents: 0,
  });
  expect((await clients.list('main', { limit: 10 })).items).toHaveLength(3);
  expect(await leases.take('clients:main', 'third', now, after(now, 60))).toBe(false);
});

test.each([
  ['never used', 'unused', {}, 10 + 25],
  ['used', 'asleep', { lastUsedAt: NOW }, 100 + 1_000 + 25],
] as const)(
  'a client with a document that was %s is deleted when a person who began in time has finished',
  async (_, reason, used, time) => {
    const { sweeper, clients, audit, at } = setUp({ unused: 10, dormant: 100, asleep: 1_000 });
    const { registration: _registration, ...described } = client();
    const document = { uri: 'https://app.example/c', fetchedAt: NOW, expiresAt: NOW, fingerprint: 'f' };
    await clients.insert({ ...described, ...used, kind: 'metadata-document', id: document.uri, document });
    at(time - 1);
    expect(await sweeper.sweep('main', 10)).toMatchObject({ documents: 0 });
    at(time);
    expect(await sweeper.sweep('main', 10)).toMatchObject({ documents: 1 });
    expect(await clients.find('main', document.uri)).toBeUndefined();
    expect(audit.events).toMatchObject([{ type: 'client.removed', clientId: document.uri, reason }]);
  },
);

test('an unknown realm is not swept', async () => {
  const { sweeper } = setUp({ unused: 10, dormant: 100, asleep: 1_000 });
  expect(await sweeper.sweep('other', 10)).toEqual({ outcome: 'missing' });
});

describe('a client that expired without ever being used', () => {
  const at = (seconds: number): number => after(NOW, seconds);
  const shortLived = { unused: 100, restorable: 1_000, restorableClients: 2 };
  const idsKept = async ({ clients }: ReturnType<typeof setUp>) =>
    (await clients.listExpired('main', { limit: 9 })).items.map(({ id }) => id);

  test(
    cite(
      'what restores it is kept until its time is over, whenever sweeps come',
      'vestibule:lifecycle:tombstone',
    ),
    async () => {
      const world = setUp(shortLived);
      await world.clients.insert(client());
      world.at(500);
      expect(await world.sweeper.sweep('main', 10)).toMatchObject({ unused: 1, forgotten: 0 });
      expect(await world.clients.find('main', 'app')).toBeUndefined();
      expect(await world.clients.findExpired('main', 'app')).toEqual({ ...client(), expiredAt: at(100) });
      // A person who began in time may finish: 20 seconds to decide, and 5 for the code.
      world.at(1_124.999);
      expect(await world.sweeper.sweep('main', 10)).toMatchObject({ forgotten: 0 });
      world.at(1_125);
      expect(await world.sweeper.sweep('main', 10)).toMatchObject({ forgotten: 1 });
      expect(await idsKept(world)).toEqual([]);
    },
  );

  test(
    cite('no more are kept than the realm says, the newest', 'vestibule:lifecycle:tombstone'),
    async () => {
      const world = setUp(shortLived);
      for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
        await world.clients.insert({ ...client(), id, issuedAt: at(index) });
      }
      world.at(500);
      expect(await world.sweeper.sweep('main', 10)).toMatchObject({ unused: 4, forgotten: 2 });
      expect(await idsKept(world)).toEqual(['c', 'd']);
    },
  );

  test.each<[string, Partial<Lifecycle>, number, Partial<DynamicClient>]>([
    ['a realm that keeps none for any time', { restorable: 0 }, 500, {}],
    ['a realm that keeps none at all', { restorableClients: 0 }, 500, {}],
    ['one whose time was over before the sweep came', {}, 1_100, {}],
    ['one of which there would be too much', {}, 500, { name: 'x'.repeat(4_096) }],
    ['one that slept', { dormant: 10, asleep: 20 }, 500, { lastUsedAt: NOW }],
  ])('nothing is kept: %s', async (_, lifecycle, seconds, facts) => {
    const world = setUp({ ...shortLived, ...lifecycle });
    await world.clients.insert({ ...client(), ...facts });
    world.at(seconds);
    await world.sweeper.sweep('main', 10);
    expect(await world.clients.find('main', 'app')).toBeUndefined();
    expect(await idsKept(world)).toEqual([]);
    expect(world.audit.events.at(-1)).toMatchObject({ type: 'client.removed' });
  });

  test('nothing is kept of a blocked one: it stays a client', async () => {
    const world = setUp(shortLived);
    await world.clients.insert({ ...client(), blockedAt: NOW });
    world.at(500);
    await world.sweeper.sweep('main', 10);
    expect(await world.clients.find('main', 'app')).toBeDefined();
    expect(await idsKept(world)).toEqual([]);
  });
});
