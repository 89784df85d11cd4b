import { type ClientStore, registrationOf } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import type { Stores } from '@vestibule/server';
import { afterAll, describe, expect, test } from 'vitest';
import { KINDS, stopPostgres } from './support/kinds.ts';
import {
  START,
  DAY,
  UNDER_WAY,
  realmWith,
  type Moments,
  at,
  client,
  setUp,
  typeAndClient,
} from './support/swept-clients.ts';

afterAll(stopPostgres);

describe.each(KINDS)('over %s', (_, open) => {
  describe('a client', () => {
    test.each<[string, Moments, number, readonly string[]]>([
      ['never used', {}, 3_600 + UNDER_WAY, ['client.removed a']],
      ['not used for 90 days', { lastUsedAt: START }, 90 * DAY, ['client.hibernated a']],
      [
        'hibernated for a year',
        { lastUsedAt: START, hibernatedAt: at(90 * DAY) },
        455 * DAY + UNDER_WAY,
        ['client.removed a'],
      ],
      [
        'hibernated for a year, and never swept',
        { lastUsedAt: START },
        455 * DAY + UNDER_WAY,
        ['client.hibernated a', 'client.removed a'],
      ],
    ])(
      cite(
        '%s is let alone until its time is over to the millisecond, and then each step is an event',
        'vestibule:lifecycle:audit',
        'vestibule:lifecycle:unused',
        'vestibule:lifecycle:dormant',
        'vestibule:lifecycle:asleep',
      ),
      async (_title, moments, seconds, expected) => {
        const { here, stores, moveTo, events } = await setUp(open, [client('a', moments)]);
        const soonest = expected.length === 1 ? seconds : 90 * DAY;
        moveTo(soonest - 0.001);
        expect(await here.sweep('main', 10)).toEqual({
          outcome: 'swept',
          unused: 0,
          hibernated: 0,
          asleep: 0,
          forgotten: 0,
          documents: 0,
        });
        expect(await stores.clients.find('main', 'a')).toEqual(client('a', moments));
        moveTo(seconds);
        await here.sweep('main', 10);
        // Events of the same time have no defined order.
        expect((await events()).map(typeAndClient).toSorted()).toEqual(expected);
        const left = await stores.clients.find('main', 'a');
        expect(left && registrationOf(left).hibernatedAt).toBe(
          expected.length === 1 && left ? at(90 * DAY) : undefined,
        );
        expect(left === undefined).toBe(expected.at(-1) === 'client.removed a');
      },
    );

    test(
      cite('is recorded with its name and the reason, or when it was last used', 'vestibule:lifecycle:audit'),
      async () => {
        const { here, moveTo, events } = await setUp(open, [
          client('unused'),
          client('dormant', { lastUsedAt: at(100 * DAY) }),
          client('asleep', { lastUsedAt: START, hibernatedAt: START + 1 }),
        ]);
        moveTo(400 * DAY);
        await here.sweep('main', 10);
        const shared = { realm: 'main', at: at(400 * DAY) };
        expect(await events()).toEqual(
          expect.arrayContaining([
            {
              ...shared,
              type: 'client.removed',
              clientId: 'unused',
              clientName: 'Agent unused',
              reason: 'unused',
            },
            { ...shared, type: 'client.hibernated', clientId: 'dormant', lastUsedAt: at(100 * DAY) },
            {
              ...shared,
              type: 'client.removed',
              clientId: 'asleep',
              clientName: 'Agent asleep',
              reason: 'asleep',
            },
          ]),
        );
        expect(await events()).toHaveLength(3);
      },
    );

    test(cite('stays if it is blocked', 'vestibule:lifecycle:blocked-stays'), async () => {
      const blocked = [
        client('a', { blockedAt: START }),
        client('b', { blockedAt: START, lastUsedAt: START }),
        client('c', { blockedAt: START, lastUsedAt: START, hibernatedAt: START }),
      ];
      const { here, moveTo, ids, events, stores } = await setUp(open, blocked);
      moveTo(10_000 * DAY);
      expect(await here.sweep('main', 10)).toMatchObject({
        unused: 0,
        hibernated: 0,
        asleep: 0,
        forgotten: 0,
        documents: 0,
      });
      expect(await ids()).toEqual(['a', 'b', 'c']);
      expect(await stores.clients.find('main', 'b')).toEqual(blocked[1]);
      expect(await events()).toEqual([]);
    });

    test('is not swept with another realm', async () => {
      const { here, moveTo, stores } = await setUp(open, [client('a', {}, 'other'), client('a')]);
      moveTo(DAY);
      expect(await here.sweep('main', 10)).toMatchObject({ unused: 1 });
      expect(await stores.clients.find('other', 'a')).toBeDefined();
      expect(await stores.clients.find('main', 'a')).toBeUndefined();
    });

    test(cite('is held to the periods that its realm has now', 'vestibule:lifecycle:periods'), async () => {
      const { here, moveTo, stores, ids } = await setUp(open, [
        client('a'),
        client('b', { lastUsedAt: START }),
      ]);
      const lifecycle = { unused: 10 * DAY, dormant: 20 * DAY, asleep: 30 * DAY };
      await stores.realms.replace(realmWith(lifecycle), 1);
      moveTo(10 * DAY);
      await here.sweep('main', 10);
      expect(await ids()).toEqual(['a', 'b']);
      moveTo(20 * DAY);
      await here.sweep('main', 10);
      expect(await ids()).toEqual(['b']);
      expect(await stores.clients.find('main', 'b')).toMatchObject({
        registration: { hibernatedAt: at(20 * DAY) },
      });
    });

    test('loses its grants if it is removed', async () => {
      const { here, moveTo, stores } = await setUp(open, [
        client('a', { lastUsedAt: START }),
        client('b', { lastUsedAt: at(400 * DAY) }),
      ]);
      const forever = at(10_000 * DAY);
      for (const clientId of ['a', 'b']) {
        const grant = { realm: 'main', id: `grant-${clientId}`, clientId, subject: 'ada', scopes: ['read'] };
        const times = {
          createdAt: START,
          expiresAt: forever,
          authentication: { at: START, methods: ['pwd'] },
        };
        await stores.grants.insert({ ...grant, resource: 'https://notes.example', ...times });
        await stores.grants.open({
          realm: 'main',
          id: grant.id,
          at: START,
          expiresAt: forever,
          token: { hash: `hash-${clientId}`, expiresAt: forever },
        });
      }
      moveTo(455 * DAY + UNDER_WAY);
      await here.sweep('main', 10);
      expect(await stores.grants.findByRefreshToken('main', 'hash-a')).toBeUndefined();
      expect(await stores.grants.findByRefreshToken('main', 'hash-b')).toBeDefined();
    });
  });

  /** Time for concurrent work between finding a client and processing it. */
  describe.each<[string, Moments, number]>([
    ['unused', {}, DAY],
    ['dormant', { lastUsedAt: START }, 90 * DAY],
    ['asleep', { lastUsedAt: START, hibernatedAt: START }, 400 * DAY],
  ])('between finding a client that is %s and removing it', (_kind, moments, seconds) => {
    const sweepWith = async (meanwhile: (stores: Stores) => Promise<unknown>) => {
      const world = await setUp(open, [client('a', moments), client('b', moments)]);
      const { stores, moveTo, sweeperOn } = world;
      const through: ClientStore = {
        ...stores.clients,
        findDue: async (...question) => {
          const due = await stores.clients.findDue(...question);
          if (due.length > 0) await meanwhile(stores);
          return due;
        },
      };
      moveTo(seconds);
      await sweeperOn(stores, 'here', through).sweep('main', 10);
      return world;
    };

    test(cite('it is used: it stays active', 'vestibule:lifecycle:used-meanwhile'), async () => {
      const { stores, events } = await sweepWith(({ clients }) => clients.touch('main', 'a', at(seconds)));
      const left = await stores.clients.find('main', 'a');
      expect(left).toMatchObject({ lastUsedAt: at(seconds) });
      expect(left).toMatchObject({ registration: {} });
      expect(left).not.toHaveProperty('registration.hibernatedAt');
      expect((await events()).map(typeAndClient)).toEqual([expect.stringMatching(/ b$/)]);
    });

    test(cite('it is blocked: it stays, blocked', 'vestibule:lifecycle:blocked-stays'), async () => {
      const blocked = client('a', { ...moments, blockedAt: at(seconds) });
      const { stores, events } = await sweepWith(({ clients }) => clients.replace(blocked, 1));
      expect(await stores.clients.find('main', 'a')).toEqual({ ...blocked, version: 2 });
      expect((await events()).map(typeAndClient)).toEqual([expect.stringMatching(/ b$/)]);
    });

    test('it is removed once, and not restored', async () => {
      const { stores, events } = await sweepWith(({ clients }) => clients.remove('main', 'a'));
      expect(await stores.clients.find('main', 'a')).toBeUndefined();
      expect((await events()).map(typeAndClient)).toEqual([expect.stringMatching(/ b$/)]);
    });
  });

  describe('in small batches', () => {
    const seven = Array.from({ length: 7 }, (_unused, n) => client(`c${n}`));

    test(
      cite('a sweep takes at most its limit, and the next one continues', 'vestibule:lifecycle:batches'),
      async () => {
        const { here, moveTo, ids } = await setUp(open, [
          ...seven,
          ...seven.map(({ id }) => client(`d-${id}`, { lastUsedAt: START })),
        ]);
        moveTo(90 * DAY);
        const rounds = [];
        for (let round = 0; round < 4; round += 1) rounds.push(await here.sweep('main', 3));
        expect(rounds).toMatchObject([
          { unused: 3, hibernated: 3, asleep: 0 },
          { unused: 3, hibernated: 3, asleep: 0 },
          { unused: 1, hibernated: 1, asleep: 0 },
          { unused: 0, hibernated: 0, asleep: 0, forgotten: 0, documents: 0 },
        ]);
        expect(await ids()).toEqual(seven.map(({ id }) => `d-${id}`));
      },
    );

    test(cite('others are served during a sweep', 'vestibule:lifecycle:batches'), async () => {
      const { stores, sweeperOn, moveTo, ids } = await setUp(open, seven);
      moveTo(DAY);
      const served: string[] = [];
      const commit: Stores['commit'] = async (changes) => {
        const outcome = await stores.commit(changes);
        const newcomer = `new-${served.length}`;
        const insertion = await stores.clients.insert({ ...client(newcomer), issuedAt: at(DAY) });
        served.push(insertion.outcome);
        return outcome;
      };
      await sweeperOn({ ...stores, commit }, 'here').sweep('main', 100);
      expect(served).toEqual(seven.map(() => 'inserted'));
      expect(await ids()).toEqual(seven.map((_client, n) => `new-${n}`));
    });
  });

  describe('of many nodes', () => {
    test(cite('one sweeps: the others are busy', 'vestibule:lifecycle:one-node'), async () => {
      const { here, there, moveTo, stores, sweeperOn, events } = await setUp(open, [client('a')]);
      moveTo(DAY);
      const told: unknown[] = [];
      const commit: Stores['commit'] = async (changes) => {
        told.push(await there.sweep('main', 10), await there.sweep('other', 10));
        return stores.commit(changes);
      };
      await sweeperOn({ ...stores, commit }, 'here').sweep('main', 10);
      expect(told).toEqual([
        { outcome: 'busy' },
        { outcome: 'swept', unused: 0, hibernated: 0, asleep: 0, forgotten: 0, documents: 0 },
      ]);
      expect(await there.sweep('main', 10)).toMatchObject({ outcome: 'swept' });
      expect(await here.sweep('main', 10)).toMatchObject({ outcome: 'swept' });
      expect(await events()).toHaveLength(1);
    });

    test(
      cite('a concurrent sweep removes each client once, with one event', 'vestibule:lifecycle:one-node'),
      async () => {
        const many = Array.from({ length: 20 }, (_unused, n) => client(`c${n + 10}`));
        const { here, there, moveTo, ids, events } = await setUp(open, many);
        moveTo(DAY);
        const outcomes = await Promise.all(
          [here, there, here, there].map((sweeper) => sweeper.sweep('main', 100)),
        );
        const counts = outcomes.map((swept) => (swept.outcome === 'swept' ? swept.unused : 0));
        expect(counts.reduce((sum, count) => sum + count)).toBe(20);
        expect(await ids()).toEqual([]);
        expect((await events()).map(typeAndClient).toSorted()).toEqual(
          many.map(({ id }) => `client.removed ${id}`),
        );
      },
    );

    test(
      cite('one that died while it swept holds the others up for a minute', 'vestibule:lifecycle:one-node'),
      async () => {
        const { there, moveTo, stores } = await setUp(open, [client('a')]);
        const died = DAY;
        await stores.leases.take('clients:main', 'died', at(died), at(died + 60));
        moveTo(died + 59.999);
        expect(await there.sweep('main', 10)).toEqual({ outcome: 'busy' });
        moveTo(died + 60);
        expect(await there.sweep('main', 10)).toMatchObject({ outcome: 'swept', unused: 1 });
      },
    );

    test(cite('one that fails lets the next begin at once', 'vestibule:lifecycle:one-node'), async () => {
      const { there, moveTo, stores, sweeperOn } = await setUp(open, [client('a')]);
      moveTo(DAY);
      const through: ClientStore = {
        ...stores.clients,
        findDue: () => Promise.reject(new Error('disk on fire')),
      };
      await expect(sweeperOn(stores, 'here', through).sweep('main', 10)).rejects.toThrow('disk on fire');
      expect(await there.sweep('main', 10)).toMatchObject({ outcome: 'swept', unused: 1 });
    });

    test(
      cite('one that comes back late takes nothing from who sweeps now', 'vestibule:lifecycle:one-node'),
      async () => {
        const { there, moveTo, stores, sweeperOn } = await setUp(open, [client('a')]);
        moveTo(DAY);
        const commit: Stores['commit'] = async (changes) => {
          moveTo(DAY + 61);
          await stores.leases.take('clients:main', 'third', at(DAY + 61), at(DAY + 121));
          return stores.commit(changes);
        };
        await sweeperOn({ ...stores, commit }, 'here').sweep('main', 10);
        expect(await there.sweep('main', 10)).toEqual({ outcome: 'busy' });
      },
    );
  });
});
