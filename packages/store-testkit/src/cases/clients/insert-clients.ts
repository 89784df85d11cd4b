import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { client } from '../../sample/client.ts';
import { HERE } from '../../sample/place.ts';

export const clientInsertCases: readonly StoreCase[] = [
  storeCase(
    'clients.insert.version-1',
    'a client begins as version 1, whatever it was elsewhere',
    async ({ clients }) => {
      await clients.insert({ ...client(HERE), version: 7 });
      assert.deepStrictEqual(await clients.find('main', 'one'), client(HERE));
    },
  ),
  storeCase(
    'clients.insert.answers',
    'the result is only an outcome, unless there is a client to return',
    async ({ clients }) => {
      assert.deepStrictEqual(await clients.insert(client(HERE)), { outcome: 'inserted' });
      assert.deepStrictEqual(await clients.insert(client(HERE)), { outcome: 'exists' });
    },
  ),
];
