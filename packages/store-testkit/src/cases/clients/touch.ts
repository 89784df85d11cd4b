import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { client, full } from '../../sample/client.ts';
import { HERE } from '../../sample/place.ts';
import { NOW, YEAR_9999 } from '../../sample/time.ts';
import { clientWith, register } from './registered.ts';

export const touchCases: readonly StoreCase[] = [
  storeCase(
    'clients.touch.notes',
    'each use is recorded, and increments the version',
    async ({ clients }) => {
      await register(clients, client(HERE));
      for (const [times, at] of [0, NOW, YEAR_9999].entries()) {
        assert.equal(await clients.touch('main', 'one', at), 'touched');
        const expected = { ...client(HERE), version: times + 2, lastUsedAt: at };
        assert.deepStrictEqual(await clients.find('main', 'one'), expected);
      }
    },
  ),
  storeCase(
    'clients.touch.wakes',
    'a use reactivates a hibernated client, and changes nothing else of it, also if it is blocked',
    async ({ clients }) => {
      await register(clients, full);
      assert.equal(await clients.touch('main', 'one', NOW + 9), 'touched');
      const { hibernatedAt: _hibernatedAt, ...registration } = full.registration;
      assert.deepStrictEqual(await clients.find('main', 'one'), {
        ...full,
        registration,
        version: 2,
        lastUsedAt: NOW + 9,
      });
    },
  ),
  storeCase(
    'clients.touch.makes-changes-stale',
    'a change that is based on a client before its use is stale',
    async ({ clients }) => {
      await register(clients, client(HERE));
      await clients.touch('main', 'one', NOW);
      assert.equal(await clients.replace(client(HERE, 'late'), 1), 'stale');
      assert.equal(await clients.remove('main', 'one', 1), 'stale');
      assert.equal(await clients.replace(client(HERE, 'in time'), 2), 'replaced');
    },
  ),
  storeCase(
    'clients.touch.missing',
    'a use of an unknown client is not recorded, in any realm',
    async ({ clients }) => {
      await register(clients, client(HERE), clientWith('two'));
      for (const [realm, id] of [
        ['main', 'three'],
        ['other', 'one'],
        ['main', 'One'],
      ] as const) {
        assert.equal(await clients.touch(realm, id, NOW), 'missing');
        assert.equal(await clients.find(realm, id), undefined);
      }
      await clients.touch('main', 'two', NOW);
      assert.deepStrictEqual(await clients.find('main', 'one'), client(HERE));
    },
  ),
  connectionCase('clients.touch', 'a use is known over every connection at once', async (here, there) => {
    const asleep = clientWith('one', { registration: { hibernatedAt: NOW } });
    await register(here.clients, asleep);
    assert.deepStrictEqual(await there.clients.find('main', 'one'), asleep);
    await here.clients.touch('main', 'one', NOW + 1);
    const awake = { ...client(HERE), version: 2, lastUsedAt: NOW + 1 };
    assert.deepStrictEqual(await there.clients.find('main', 'one'), awake);
    assert.equal(await there.clients.countAwake('main', 5), 1);
  }),
];
