import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { client } from '../../sample/client.ts';
import { HERE } from '../../sample/place.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, idsOf, register } from './registered.ts';

export const removeCases: readonly StoreCase[] = [
  storeCase('clients.remove.removes', 'nothing is left of a removed client', async ({ clients }) => {
    await register(clients, client(HERE), clientWith('two'));
    await clients.touch('main', 'one', NOW);
    assert.equal(await clients.remove('main', 'one'), 'removed');
    assert.equal(await clients.find('main', 'one'), undefined);
    assert.deepStrictEqual(await clients.list('main', { limit: 5 }), { items: [clientWith('two')] });
    assert.equal(await clients.remove('main', 'one'), 'missing');
    assert.equal(await clients.remove('main', 'one', 2), 'missing');
    assert.equal(await clients.touch('main', 'one', NOW), 'missing');
    assert.equal(await clients.replace(client(HERE), 2), 'missing');
    assert.deepStrictEqual(await idsOf(clients), ['two']);
  }),
  storeCase(
    'clients.remove.version',
    'a client is removed at the given version, and at no other',
    async ({ clients }) => {
      await register(clients, client(HERE));
      await clients.touch('main', 'one', NOW);
      for (const version of [0, 1, 3, -1]) {
        assert.deepStrictEqual([version, await clients.remove('main', 'one', version)], [version, 'stale']);
      }
      assert.equal((await clients.find('main', 'one'))?.version, 2);
      assert.equal(await clients.remove('main', 'one', 2), 'removed');
      assert.equal(await clients.find('main', 'one'), undefined);
    },
  ),
  storeCase(
    'clients.remove.one-alone',
    'removing one client leaves the others alone, in its realm and in others',
    async ({ clients }) => {
      const other = { ...HERE, realm: 'other' };
      await register(clients, client(HERE), clientWith('two'), client(other));
      for (const [realm, id] of [
        ['third', 'one'],
        ['main', 'One'],
        ['main', 'on'],
      ] as const) {
        assert.equal(await clients.remove(realm, id), 'missing');
        assert.equal(await clients.remove(realm, id, 1), 'missing');
      }
      assert.equal(await clients.remove('other', 'one'), 'removed');
      assert.deepStrictEqual(await clients.find('main', 'one'), client(HERE));
      assert.deepStrictEqual(await idsOf(clients), ['one', 'two']);
      assert.deepStrictEqual(await idsOf(clients, 'other'), []);
    },
  ),
  connectionCase(
    'clients.remove',
    'a client that was removed is gone over every connection',
    async (here, there) => {
      await register(here.clients, client(HERE));
      assert.deepStrictEqual(await there.clients.find('main', 'one'), client(HERE));
      await here.clients.remove('main', 'one');
      assert.equal(await there.clients.find('main', 'one'), undefined);
      assert.equal(await there.clients.remove('main', 'one'), 'missing');
    },
  ),
];
