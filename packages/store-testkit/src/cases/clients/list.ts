import { strict as assert } from 'node:assert';
import type { Client } from '@vestibule/core';
import { times } from '../../check/times.ts';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { listCases } from '../../paging/paging-cases.ts';
import { walk } from '../../paging/walk.ts';
import { client } from '../../sample/client.ts';

/** Letters in no order, so that consecutive numbers result in ids all over the list. */
const LETTERS = 'mzafqbxkdtcwgpjrhulnyeiosv';

const make = (realm: string, number: number): Client =>
  client({ realm, key: `${LETTERS[number % 26]}-${number}` }, `${number}`);

export const clientListCases: readonly StoreCase[] = [
  ...listCases({
    noun: 'clients',
    make,
    add: (stores, item) => stores.clients.insert(item),
    list: (stores, realm, page) => stores.clients.list(realm, page),
  }),
  storeCase(
    'clients.list.stays-true-while-removed',
    'items that exist all the time are returned once, whatever is removed meanwhile, including the last one returned',
    async ({ clients }) => {
      for (const item of times(20, (number) => make('main', number))) await clients.insert(item);
      const inOrder = (await clients.list('main', { limit: 100 })).items.map(({ id }) => id);
      const removed = new Set<string>();
      const removeAround = async (page: number): Promise<void> => {
        for (const place of [3 * page - 1, 3 * page + 1]) {
          const id = inOrder[place] ?? '';
          removed.add(id);
          await clients.remove('main', id);
        }
      };
      const pages = await walk((page) => clients.list('main', page), 3, removeAround);
      const met = pages.flat().map(({ id }) => id);
      assert.deepStrictEqual(met, [...new Set(met)], 'an item was met twice');
      assert.deepStrictEqual(
        met.filter((id) => !removed.has(id)),
        inOrder.filter((id) => !removed.has(id)),
      );
    },
  ),
];
