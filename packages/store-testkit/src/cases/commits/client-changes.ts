import { strict as assert } from 'node:assert';
import type { Client } from '@vestibule/core';
import type { Change, Stores } from '@vestibule/server';
import type { StoreCase } from '../../harness/case.ts';
import { preregistered, withDocument } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, printed, register } from '../clients/registered.ts';
import { changeCases, type Made, type Unmade } from './change-cases.ts';
import { insertClient } from './changes.ts';

const ONE = clientWith('one');
const HIBERNATED = clientWith('one', { lastUsedAt: NOW - 9, registration: { hibernatedAt: NOW - 1 } });

const registered =
  (...clients: Parameters<typeof register>[1][]) =>
  ({ clients: store }: Stores): Promise<unknown> =>
    register(store, ...clients);

/** Registers a client and expires it. */
const expired = async ({ clients }: Stores): Promise<void> => {
  await register(clients, ONE);
  assert.equal(await clients.expire({ ...ONE, expiredAt: NOW }, 1), 'expired');
};

/** Clients that do not count as active, in a realm without others. */
async function inactive(stores: Stores): Promise<void> {
  const { clients } = stores;
  await register(
    clients,
    clientWith('hibernated', { registration: { hibernatedAt: NOW } }),
    clientWith('blocked', { blockedAt: NOW }),
    clientWith('elsewhere', { realm: 'other' }),
    preregistered(clientWith('preregistered')),
    withDocument(clientWith('document')),
    clientWith('hibernates'),
    clientWith('gets-blocked'),
    clientWith('removed'),
    clientWith('expired'),
  );
  await clients.replace(clientWith('hibernates', { registration: { hibernatedAt: NOW } }), 1);
  await clients.replace(clientWith('gets-blocked', { blockedAt: NOW }), 1);
  await clients.remove('main', 'removed', 1);
  await clients.expire({ ...clientWith('expired'), expiredAt: NOW }, 1);
}

/** A client that was hibernated and is active again. */
async function reactivated({ clients }: Stores): Promise<void> {
  await register(clients, clientWith('two', { registration: { hibernatedAt: NOW } }));
  await clients.touch('main', 'two', NOW);
}

const isStored =
  (expected: Client) =>
  async ({ clients }: Stores): Promise<void> =>
    assert.deepStrictEqual(await clients.find(expected.realm, expected.id), expected);

const INSERTED: readonly Made[] = [
  {
    name: 'adds',
    title: 'a client is added as version 1',
    change: insertClient({ ...ONE, version: 7 }),
    check: isStored(ONE),
  },
  {
    name: 'adds-another',
    title: 'a client is added if the earlier ones with its fingerprint are too old, or blocked',
    before: registered(printed('old', NOW - 1), printed('blocked', NOW + 5, { blockedAt: NOW + 6 })),
    change: insertClient(printed('one', NOW + 9), { duplicateSince: NOW - 1 }),
    check: isStored(printed('one', NOW + 9)),
  },
  {
    name: 'adds-the-last',
    title: 'a client is added if the realm has one active client less than the largest number',
    before: registered(clientWith('two'), clientWith('three')),
    change: insertClient(ONE, { mostActive: 3 }),
    check: isStored(ONE),
  },
  {
    name: 'counts-active-clients',
    title: 'clients that are hibernated, blocked, removed, expired or not dynamic are not active',
    before: inactive,
    change: insertClient(ONE, { mostActive: 1 }),
    check: isStored(ONE),
  },
];

const FULL = { kind: 'client.insert', reason: 'full' } as const;
const EXISTS = { kind: 'client.insert', reason: 'exists' } as const;

const NOT_INSERTED: readonly Unmade[] = [
  {
    name: 'exists',
    title: 'a client is not added if the realm has one with its id, duplicate or not',
    before: registered(printed('one')),
    change: insertClient(printed('one', NOW, { name: 'changed' }), {
      duplicateSince: NOW - 1,
      mostActive: 0,
    }),
    unmet: EXISTS,
  },
  {
    name: 'exists-hibernated',
    title: 'a client is not added if a hibernated one has its id',
    before: registered(HIBERNATED),
    change: insertClient(ONE),
    unmet: EXISTS,
  },
  {
    name: 'duplicate',
    title:
      'a duplicate is not added, even to a realm that is full, and the earlier client is returned as it is now',
    before: async (stores) => {
      await register(stores.clients, printed('two', NOW + 1));
      await stores.clients.touch('main', 'two', NOW + 2);
    },
    change: insertClient(printed('one', NOW + 5), { duplicateSince: NOW, mostActive: 0 }),
    unmet: {
      kind: 'client.insert',
      reason: 'duplicate',
      client: { ...printed('two', NOW + 1, { lastUsedAt: NOW + 2 }), version: 2 },
    },
  },
  {
    name: 'full',
    title: 'a client is not added to a realm that has the largest number of active clients',
    before: registered(clientWith('two'), clientWith('three')),
    change: insertClient(ONE, { mostActive: 2 }),
    unmet: FULL,
  },
  {
    name: 'overfull',
    title: 'a client is not added to a realm that has more active clients than it may have now',
    before: registered(clientWith('two'), clientWith('three')),
    change: insertClient(ONE, { mostActive: 1 }),
    unmet: FULL,
  },
  {
    name: 'no-room',
    title: 'a client is not added if no client may be active',
    change: insertClient(ONE, { mostActive: 0 }),
    unmet: FULL,
  },
  {
    name: 'full-again',
    title: 'a client that was reactivated is active',
    before: reactivated,
    change: insertClient(ONE, { mostActive: 1 }),
    unmet: FULL,
  },
];

/** The reasons for which a change of a version fails. */
function versioned(
  kind: 'client.replace' | 'client.remove' | 'client.expire',
  change: (version: number, id?: string, realm?: string) => Change,
): readonly Unmade[] {
  const kindOf = (reason: 'stale' | 'missing') => ({ kind, reason });
  return [
    {
      name: 'stale',
      title: 'a change of an earlier version of a client is not made',
      before: async (stores) => {
        await register(stores.clients, ONE);
        await stores.clients.touch('main', 'one', NOW);
      },
      change: change(1),
      unmet: kindOf('stale'),
    },
    {
      name: 'later',
      title: 'a change of a version that a client does not have yet is not made',
      before: registered(ONE),
      change: change(2),
      unmet: kindOf('stale'),
    },
    {
      name: 'missing',
      title: 'a change of an unknown client is not made',
      before: registered(ONE),
      change: change(1, 'two'),
      unmet: kindOf('missing'),
    },
    {
      name: 'missing-here',
      title: 'a change of a client of another realm is not made',
      before: registered(ONE),
      change: change(1, 'one', 'other'),
      unmet: kindOf('missing'),
    },
    {
      name: 'missing-expired',
      title: 'a change of an expired client is not made, and what is kept of it stays',
      before: expired,
      change: change(1),
      unmet: kindOf('missing'),
    },
  ];
}

const replaceClient = (version: number, id = 'one', realm = 'main') =>
  ({
    kind: 'client.replace',
    client: clientWith(id, { realm, name: 'changed' }),
    expectedVersion: version,
  }) as const;

const removeClient = (version: number, id = 'one', realm = 'main'): Change => ({
  kind: 'client.remove',
  realm,
  id,
  expectedVersion: version,
});

const expireClient = (version: number, id = 'one', realm = 'main'): Change => ({
  kind: 'client.expire',
  expired: { ...clientWith(id, { realm }), expiredAt: NOW },
  expectedVersion: version,
});

const useClient = (id = 'one'): Change => ({ kind: 'client.use', realm: 'main', id, at: NOW });

const restoreClient = (mostActive?: number): Change => ({
  kind: 'client.restore',
  client: { ...ONE, version: 7, lastUsedAt: NOW },
  ...(mostActive !== undefined && { mostActive }),
});

const RESTORED: Made['check'] = async (stores) => {
  await isStored({ ...ONE, lastUsedAt: NOW })(stores);
  assert.equal(await stores.clients.findExpired('main', 'one'), undefined);
};

const unrestored = (reason: 'exists' | 'missing' | 'full') => ({ kind: 'client.restore', reason }) as const;

export const clientChangeCases: readonly StoreCase[] = [
  ...changeCases(INSERTED, NOT_INSERTED),
  ...changeCases(
    [
      {
        name: 'replaces',
        title: 'a client of the expected version is replaced by the next version',
        before: registered(ONE),
        change: replaceClient(1),
        check: isStored({ ...ONE, name: 'changed', version: 2 }),
      },
      {
        name: 'replaces-another-kind',
        title: 'a client with a document is replaced by a pre-registered one, with nothing of the document',
        before: registered(withDocument(ONE)),
        change: { ...replaceClient(1), client: preregistered(ONE) },
        check: isStored({ ...preregistered(ONE), version: 2 }),
      },
    ],
    versioned('client.replace', replaceClient),
  ),
  ...changeCases([
    {
      name: 'notes',
      title: 'the use of a client is its newest version',
      before: registered(ONE),
      change: useClient(),
      check: isStored({ ...ONE, version: 2, lastUsedAt: NOW }),
    },
    {
      name: 'reactivates',
      title: 'the use of a hibernated client reactivates it',
      before: registered(HIBERNATED),
      change: useClient(),
      check: isStored({ ...ONE, version: 2, lastUsedAt: NOW }),
    },
    {
      name: 'missing',
      title: 'the use of an unknown client changes nothing, and is no reason to fail',
      change: useClient(),
      check: async ({ clients }) => assert.equal(await clients.find('main', 'one'), undefined),
    },
  ]),
  ...changeCases(
    [
      {
        name: 'removes',
        title: 'a client of the expected version is removed',
        before: registered(ONE),
        change: removeClient(1),
        check: async ({ clients }) => {
          assert.equal(await clients.find('main', 'one'), undefined);
          assert.equal(await clients.findExpired('main', 'one'), undefined);
        },
      },
    ],
    versioned('client.remove', removeClient),
  ),
  ...changeCases(
    [
      {
        name: 'expires',
        title: 'a client of the expected version expires, and what can restore it is kept',
        before: registered(ONE),
        change: expireClient(1),
        check: async ({ clients }) => {
          assert.equal(await clients.find('main', 'one'), undefined);
          assert.deepStrictEqual(await clients.findExpired('main', 'one'), { ...ONE, expiredAt: NOW });
        },
      },
    ],
    versioned('client.expire', expireClient),
  ),
  ...changeCases(
    [
      {
        name: 'restores',
        title: 'an expired client is restored as version 1, and nothing is kept of it',
        before: expired,
        change: restoreClient(),
        check: RESTORED,
      },
      {
        name: 'restores-the-last',
        title:
          'an expired client is restored to a realm that has one active client less than the largest number',
        before: async (stores) => {
          await expired(stores);
          await register(stores.clients, clientWith('two'));
        },
        change: restoreClient(2),
        check: RESTORED,
      },
    ],
    [
      {
        name: 'exists',
        title: 'a client is not restored if one has its id, in a full realm as well',
        before: registered(ONE),
        change: restoreClient(0),
        unmet: unrestored('exists'),
      },
      {
        name: 'missing',
        title: 'a client of which nothing is kept is not restored, in a full realm as well',
        change: restoreClient(0),
        unmet: unrestored('missing'),
      },
      {
        name: 'full',
        title: 'a client is not restored to a realm that has the largest number of active clients',
        before: async (stores) => {
          await expired(stores);
          await register(stores.clients, clientWith('two'));
        },
        change: restoreClient(1),
        unmet: unrestored('full'),
      },
    ],
  ),
];
