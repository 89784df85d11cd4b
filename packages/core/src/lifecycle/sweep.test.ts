import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import type { StoredClient } from '../client/stored-client.ts';
import {
  createMemoryAuditLog,
  createMemoryClientStore,
  createMemoryLeaseStore,
  createMemoryRealmStore,
} from '../memory/index.ts';
import type { Realm } from '../realm/realm.ts';
import { type Lifecycle, realmSettings } from '../realm/settings.ts';
import { after } from '../time.ts';
import { lifeOf } from './life.ts';
import { createClientSweeper } from './sweep.ts';

const START = Date.UTC(2026, 10, 23, 12, 0, 0);

const realmWith = (lifecycle: Lifecycle): Realm => ({
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  settings: realmSettings({ lifecycle, lifetimes: { transaction: 20, code: 5 } }),
  apis: [],
  scopes: [],
});

const client = (lastUsedAt?: number): StoredClient => ({
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: START,
  ...(lastUsedAt !== undefined && { lastUsedAt }),
});

function setUp(lifecycle: Lifecycle) {
  let now = START;
  const clients = createMemoryClientStore();
  const audit = createMemoryAuditLog();
  const sweeper = createClientSweeper({
    realms: createMemoryRealmStore(realmWith(lifecycle)),
    clients,
    grants: { endAll: async () => 0 },
    leases: createMemoryLeaseStore(),
    audit,
    clock: () => now,
    holder: 'here',
  });
  return { sweeper, clients, audit, at: (seconds: number) => void (now = after(START, seconds)) };
}

const moment = fc.integer({ min: 0, max: 500 });
const period = fc.integer({ min: 1, max: 100 });

test(
  cite('whenever sweeps come, and how late, nobody stands elsewhere for it', 'vestibule:lifecycle:by-time'),
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ unused: period, dormant: period, asleep: period }),
        fc.option(moment, { nil: undefined }),
        fc.array(moment, { maxLength: 5 }),
        moment,
        async (lifecycle, used, sweeps, asked) => {
          const { sweeper, clients, at } = setUp(lifecycle);
          const untouched = client(used === undefined ? undefined : after(START, used));
          await clients.insert(untouched);
          for (const seconds of sweeps.filter((time) => time <= asked).toSorted((a, b) => a - b)) {
            at(seconds);
            await sweeper.sweep('main', 10);
          }
          const expected = lifeOf(untouched, lifecycle, after(START, asked));
          const swept = await clients.find('main', 'app');
          if (swept === undefined) expect(expected.state).toBe('gone');
          else expect(lifeOf(swept, lifecycle, after(START, asked))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  },
);

test(
  cite('a sweep that comes years late puts nobody back to sleep who is gone', 'vestibule:lifecycle:asleep'),
  async () => {
    const { sweeper, clients, audit, at } = setUp({ unused: 10, dormant: 100, asleep: 1_000 });
    await clients.insert(client(START));
    at(1_000_000);
    expect(await sweeper.sweep('main', 10)).toEqual({
      outcome: 'swept',
      unused: 0,
      hibernated: 1,
      asleep: 1,
    });
    expect(await clients.find('main', 'app')).toBeUndefined();
    expect(audit.events.map(({ type }) => type)).toEqual(['client.hibernated', 'client.removed']);
  },
);

test('a realm that is not there is not swept', async () => {
  const { sweeper } = setUp({ unused: 10, dormant: 100, asleep: 1_000 });
  expect(await sweeper.sweep('other', 10)).toEqual({ outcome: 'missing' });
});
