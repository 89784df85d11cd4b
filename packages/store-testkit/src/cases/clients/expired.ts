import { strict as assert } from 'node:assert';
import type { ClientStore, ExpiredClient, Instant } from '@vestibule/core';
import { scramble } from '../../check/scramble.ts';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { type Call, call } from '../../race/call.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { client } from '../../sample/client.ts';
import { NUL, UNICODE } from '../../sample/text.ts';
import { NOW, YEAR_9999 } from '../../sample/time.ts';
import { clientWith, type Facts, idsOf, register } from './registered.ts';

const expiredWith = (id: string, expiredAt: Instant = NOW, facts: Facts = {}): ExpiredClient => ({
  ...clientWith(id, facts),
  expiredAt,
});

/** Everything that is stored of a client. */
const FULL: Facts = {
  name: `${UNICODE}${NUL}`,
  redirectUris: ['https://z.example/cb?b=2&a=1', 'http://127.0.0.1/cb'],
  grantTypes: ['refresh_token', 'authorization_code'],
  scope: ['write', 'read'],
  registration: {
    bounds: { redirectHosts: ['*.notes.example'], scopes: [], resources: ['https://z.example/mcp'] },
    vouchedBy: 'https://voucher.example',
    initialAccessTokenId: 'for-the-notes-team',
    accessTokenHash: 'hash-of-a-registration-access-token',
    fingerprint: 'fingerprint',
  },
};

/** Registers clients and expires them, one after the other. */
async function expire(clients: ClientStore, ...expired: readonly ExpiredClient[]): Promise<void> {
  for (const { expiredAt, ...kept } of expired) {
    await register(clients, kept);
    assert.equal(await clients.expire({ ...kept, expiredAt }, 1), 'expired');
  }
}

const expiredIdsOf = async (clients: ClientStore, realm = 'main'): Promise<readonly string[]> =>
  (await clients.listExpired(realm, { limit: 100 })).items.map(({ id }) => id);

export const expiredCases: readonly StoreCase[] = [
  ...[expiredWith('one'), expiredWith('one', YEAR_9999, FULL), expiredWith('one', 0)].map((kept, index) =>
    storeCase(
      `clients.expire.kept-${index + 1}`,
      'an expired client is no client any more, and what is kept of it comes back as it was given',
      async ({ clients }) => {
        await register(clients, clientWith('one'), clientWith('two'));
        const given = structuredClone(kept);
        assert.equal(await clients.expire(given, 1), 'expired');
        scramble(given);
        assert.equal(await clients.find('main', 'one'), undefined);
        assert.deepStrictEqual(await idsOf(clients), ['two']);
        assert.equal(await clients.countAwake('main', 5), 1);
        const found = await clients.findExpired('main', 'one');
        assert.deepStrictEqual(found, kept);
        scramble(found);
        assert.deepStrictEqual(await clients.listExpired('main', { limit: 5 }), { items: [kept] });
      },
    ),
  ),
  storeCase(
    'clients.expire.version',
    'a client that was changed or used since does not expire, and an unknown client leaves nothing',
    async ({ clients }) => {
      await register(clients, client({ realm: 'main', key: 'one' }));
      await clients.touch('main', 'one', NOW);
      for (const version of [0, 1, 3]) {
        assert.equal(await clients.expire(expiredWith('one'), version), 'stale');
      }
      assert.equal(await clients.expire(expiredWith('two'), 1), 'missing');
      assert.equal(await clients.expire({ ...expiredWith('one'), realm: 'other' }, 2), 'missing');
      assert.deepStrictEqual(await idsOf(clients), ['one']);
      assert.deepStrictEqual(await expiredIdsOf(clients), []);
      assert.equal(await clients.findExpired('main', 'one'), undefined);
    },
  ),
  storeCase(
    'clients.findExpired.realms-apart',
    'each realm has its own expired clients, compared byte by byte',
    async ({ clients }) => {
      await expire(clients, expiredWith('one'), expiredWith('one', NOW + 1, { realm: 'other' }));
      assert.deepStrictEqual(
        await clients.findExpired('other', 'one'),
        expiredWith('one', NOW + 1, { realm: 'other' }),
      );
      for (const id of ['One', 'on', 'one ', '', UNICODE, NUL]) {
        assert.equal(await clients.findExpired('main', id), undefined);
      }
      assert.equal(await clients.findExpired('third', 'one'), undefined);
      assert.deepStrictEqual(await expiredIdsOf(clients, 'third'), []);
    },
  ),
  storeCase(
    'clients.listExpired.pages',
    'expired clients are listed page by page in the order of their ids, each once',
    async ({ clients }) => {
      await expire(clients, ...['c', 'a', 'e', 'b', 'd'].map((id, index) => expiredWith(id, NOW - index)));
      const read: string[] = [];
      let after: string | undefined;
      do {
        const page = await clients.listExpired('main', { limit: 2, ...(after !== undefined && { after }) });
        read.push(page.items.map(({ id }) => id).join(''));
        after = page.next;
      } while (after !== undefined);
      assert.deepStrictEqual(read, ['ab', 'cd', 'e']);
    },
  ),
  storeCase(
    'clients.restore.restores',
    'a client is restored once, as version 1, and nothing is kept of it any more',
    async ({ clients }) => {
      await expire(clients, expiredWith('one'), expiredWith('two'));
      const restored = { ...clientWith('one', { ...FULL, lastUsedAt: NOW + 5 }), version: 7 };
      assert.equal(await clients.restore(restored), 'restored');
      assert.deepStrictEqual(await clients.find('main', 'one'), { ...restored, version: 1 });
      assert.equal(await clients.findExpired('main', 'one'), undefined);
      assert.deepStrictEqual(await expiredIdsOf(clients), ['two']);
      assert.equal(await clients.restore(restored), 'missing');
      assert.equal(await clients.countAwake('main', 5), 1);
    },
  ),
  storeCase(
    'clients.restore.missing',
    'a client is not restored if nothing is kept of it, or only in another realm',
    async ({ clients }) => {
      await register(clients, clientWith('there'));
      await expire(clients, expiredWith('one', NOW, { realm: 'other' }));
      for (const id of ['one', 'there', 'two']) {
        assert.equal(await clients.restore(clientWith(id, { name: 'changed' })), 'missing');
      }
      assert.deepStrictEqual(await clients.find('main', 'there'), clientWith('there'));
      assert.deepStrictEqual(await idsOf(clients), ['there']);
    },
  ),
  storeCase(
    'clients.remove.expired',
    'a removal without a version deletes what is kept of an expired client, and one with a version does not',
    async ({ clients }) => {
      await expire(
        clients,
        expiredWith('one'),
        expiredWith('two'),
        expiredWith('one', NOW, { realm: 'other' }),
      );
      assert.equal(await clients.remove('main', 'one', 1), 'missing');
      assert.deepStrictEqual(await expiredIdsOf(clients), ['one', 'two']);
      assert.equal(await clients.remove('main', 'one'), 'removed');
      assert.equal(await clients.remove('main', 'one'), 'missing');
      assert.equal(await clients.restore(clientWith('one')), 'missing');
      assert.deepStrictEqual(await expiredIdsOf(clients), ['two']);
      assert.deepStrictEqual(await expiredIdsOf(clients, 'other'), ['one']);
    },
  ),
  storeCase(
    'clients.forgetExpired.until',
    'expired clients are deleted at the exact instant, in the order of their expiry, in their realm',
    async ({ clients }) => {
      await expire(
        clients,
        ...[1, -3, 0, -1].map((offset) => expiredWith(`at${offset}`, NOW + offset)),
        expiredWith('elsewhere', NOW - 9, { realm: 'other' }),
      );
      assert.equal(await clients.forgetExpired('main', NOW, 100, 1), 1);
      assert.deepStrictEqual(await expiredIdsOf(clients), ['at-1', 'at0', 'at1']);
      assert.equal(await clients.forgetExpired('main', NOW, 100, 100), 2);
      assert.equal(await clients.forgetExpired('main', NOW, 100, 100), 0);
      assert.deepStrictEqual(await expiredIdsOf(clients), ['at1']);
      assert.deepStrictEqual(await expiredIdsOf(clients, 'other'), ['elsewhere']);
    },
  ),
  storeCase(
    'clients.forgetExpired.keep',
    'at most the given number of expired clients is kept, the newest ones',
    async ({ clients }) => {
      await expire(
        clients,
        ...[4, 1, 5, 2, 3].map((number) => expiredWith(`${number}`, NOW + number)),
        expiredWith('elsewhere', NOW, { realm: 'other' }),
      );
      assert.equal(await clients.forgetExpired('main', 0, 5, 100), 0);
      assert.equal(await clients.forgetExpired('main', 0, 2, 1), 1);
      assert.deepStrictEqual(await expiredIdsOf(clients), ['2', '3', '4', '5']);
      assert.equal(await clients.forgetExpired('main', 0, 2, 100), 2);
      assert.deepStrictEqual(await expiredIdsOf(clients), ['4', '5']);
      assert.equal(await clients.forgetExpired('main', 0, 0, 100), 2);
      assert.deepStrictEqual(await expiredIdsOf(clients), []);
      assert.deepStrictEqual(await expiredIdsOf(clients, 'other'), ['elsewhere']);
    },
  ),
  connectionCase(
    'clients.expire',
    'a client that expired over one connection is restored over another',
    async (here, there) => {
      await expire(here.clients, expiredWith('one'));
      assert.deepStrictEqual(await there.clients.findExpired('main', 'one'), expiredWith('one'));
      assert.equal(await there.clients.restore(clientWith('one')), 'restored');
      assert.equal(await here.clients.findExpired('main', 'one'), undefined);
      assert.deepStrictEqual(await here.clients.find('main', 'one'), clientWith('one'));
    },
  ),
];

export const expiredRaces: readonly Race[] = [
  {
    id: 'clients.restore.once-of-20',
    title: 'exactly one restores the client',
    heat: (realm) => {
      const kept = client({ realm, key: 'one' });
      return {
        prepare: async ({ clients }) => {
          await clients.insert(kept);
          await clients.expire({ ...kept, expiredAt: NOW }, 1);
        },
        calls: times(RACERS, (number) =>
          call('clients', 'restore', { ...kept, name: `${number}`, lastUsedAt: NOW }),
        ),
        judge: async (answers, { clients }) => {
          assert.deepStrictEqual(tally(answers), { restored: 1, missing: RACERS - 1 });
          assert.equal((await clients.find(realm, 'one'))?.name, `${answers.indexOf('restored')}`);
          assert.deepStrictEqual(await expiredIdsOf(clients, realm), []);
        },
      };
    },
  },
  {
    id: 'clients.expire.against-touch',
    title: 'a client that is used does not expire, and one that expired is not used',
    heat: (realm) => {
      const kept = client({ realm, key: 'one' });
      return {
        prepare: ({ clients }) => clients.insert(kept),
        calls: mixed(
          () => call('clients', 'expire', { ...kept, expiredAt: NOW }, 1),
          (number) => call('clients', 'touch', realm, 'one', NOW + number),
        ),
        judge: async (answers, { clients }) => {
          const { expired = 0, touched = 0 } = tally(answers);
          assert.ok(expired === 1 ? touched === 0 : touched > 0, `${expired} expired, ${touched} touched`);
          assert.equal((await clients.find(realm, 'one')) === undefined, expired === 1);
          assert.deepStrictEqual(await expiredIdsOf(clients, realm), expired === 1 ? ['one'] : []);
        },
      };
    },
  },
  {
    id: 'clients.remove.against-expire',
    title: 'a removal finds a client that expires concurrently, and leaves nothing of it',
    heat: (realm) => {
      const kept = client({ realm, key: 'one' });
      return {
        prepare: ({ clients }) => clients.insert(kept),
        calls: [removal(realm), ...others(() => call('clients', 'expire', { ...kept, expiredAt: NOW }, 1))],
        judge: (answers, { clients }) => assertRemoved(answers, clients, realm),
      };
    },
  },
  {
    id: 'clients.remove.against-restore',
    title: 'a removal finds a client that is restored concurrently, and leaves nothing of it',
    heat: (realm) => {
      const kept = client({ realm, key: 'one' });
      return {
        prepare: async ({ clients }) => {
          await clients.insert(kept);
          await clients.expire({ ...kept, expiredAt: NOW }, 1);
        },
        calls: [removal(realm), ...others(() => call('clients', 'restore', kept))],
        judge: (answers, { clients }) => assertRemoved(answers, clients, realm),
      };
    },
  },
];

const removal = (realm: string): Call => call('clients', 'remove', realm, 'one');

const others = (one: () => Call): readonly Call[] => times(RACERS - 1, one);

/** Asserts that the removal found the client `one`, whether it was active or expired, and that it is in neither place. */
async function assertRemoved(
  [removed, ...rest]: readonly unknown[],
  clients: ClientStore,
  realm: string,
): Promise<void> {
  assert.equal(removed, 'removed');
  const { missing = 0 } = tally(rest);
  assert.ok(missing >= RACERS - 2, `${RACERS - 1 - missing} of the others moved it`);
  assert.equal(await clients.find(realm, 'one'), undefined);
  assert.deepStrictEqual(await expiredIdsOf(clients, realm), []);
}
