import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { preregistered, withDocument } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, register } from './registered.ts';

export const awakeCases: readonly StoreCase[] = [
  storeCase(
    'clients.countAwake.counts',
    'dynamic clients that are neither hibernated nor blocked are counted, used or not, in their realm, and no others are',
    async ({ clients }) => {
      assert.equal(await clients.countAwake('main', 100), 0);
      await register(
        clients,
        clientWith('unused'),
        clientWith('used', { lastUsedAt: NOW }),
        clientWith('asleep', { lastUsedAt: NOW, registration: { hibernatedAt: NOW + 1 } }),
        clientWith('asleep-since-1970', { lastUsedAt: 0, registration: { hibernatedAt: 0 } }),
        clientWith('blocked', { blockedAt: NOW }),
        clientWith('blocked-since-1970', { blockedAt: 0 }),
        clientWith('both', { registration: { hibernatedAt: NOW }, blockedAt: NOW }),
        clientWith('elsewhere', { realm: 'other' }),
        preregistered(clientWith('preregistered')),
        preregistered(clientWith('preregistered-and-used', { lastUsedAt: NOW })),
        withDocument(clientWith('document')),
        withDocument(clientWith('document-and-used', { lastUsedAt: NOW })),
      );
      assert.equal(await clients.countAwake('main', 100), 2);
      assert.equal(await clients.countAwake('other', 100), 1);
      assert.equal(await clients.countAwake('third', 100), 0);
    },
  ),
  storeCase(
    'clients.countAwake.at-most',
    'the count is exact up to the limit, and never higher',
    async ({ clients }) => {
      for (let number = 0; number < 5; number += 1) await register(clients, clientWith(`c${number}`));
      for (const atMost of [1, 4, 5, 6, 10_000]) {
        assert.deepStrictEqual(
          [atMost, await clients.countAwake('main', atMost)],
          [atMost, Math.min(5, atMost)],
        );
      }
    },
  ),
  storeCase('clients.countAwake.follows', 'the count follows every change', async ({ clients }) => {
    const counted: number[] = [];
    const count = async (): Promise<void> => void counted.push(await clients.countAwake('main', 100));
    await register(clients, clientWith('a'), clientWith('b'), clientWith('c'));
    await count();
    await clients.replace(clientWith('a', { registration: { hibernatedAt: NOW } }), 1);
    await count();
    await clients.replace(clientWith('b', { blockedAt: NOW }), 1);
    await count();
    await clients.touch('main', 'a', NOW);
    await count();
    await clients.touch('main', 'b', NOW);
    await count();
    await clients.replace(clientWith('b'), 3);
    await count();
    await clients.remove('main', 'c');
    await count();
    assert.deepStrictEqual(counted, [3, 2, 1, 2, 2, 3, 2]);
  }),
];
