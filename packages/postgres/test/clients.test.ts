import type { ClientStore } from '@vestibule/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { client } from './support/client.ts';
import { NOW } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
let clients: ClientStore;

beforeEach(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url });
  ({ clients } = createPostgresStores(database));
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

const CHANGED = `UPDATE clients SET version = 2, name = 'Changed'`;
const GONE = 'DELETE FROM clients';

/** The client is held by a connection of the test's until the call waits for it. */
describe('whoever waited for a client decides by what was done before', () => {
  test.each<[string, string, (clients: ClientStore) => Promise<string>, string, string | undefined]>([
    ['a replacement of what was changed', CHANGED, (store) => replace(store, 1), 'stale', 'Changed'],
    ['a replacement of what it became', CHANGED, (store) => replace(store, 2), 'replaced', 'Replaced'],
    ['a replacement of what is gone', GONE, (store) => replace(store, 1), 'missing', undefined],
    ['a removal of what was changed', CHANGED, (store) => store.remove('main', 'a', 1), 'stale', 'Changed'],
    ['a removal of what it became', CHANGED, (store) => store.remove('main', 'a', 2), 'removed', undefined],
    ['a removal of whatever it is', CHANGED, (store) => store.remove('main', 'a'), 'removed', undefined],
    ['a removal of what is gone', GONE, (store) => store.remove('main', 'a', 1), 'missing', undefined],
    ['a use of what was changed', CHANGED, (store) => store.touch('main', 'a', NOW), 'touched', 'Changed'],
    ['a use of what is gone', GONE, (store) => store.touch('main', 'a', NOW), 'missing', undefined],
  ])('%s', async (_, change, call, outcome, left) => {
    await clients.insert(client('a'));
    await schema.sql(`BEGIN; ${change}`);
    const answer = call(clients);
    await schema.untilWaiting('');
    await schema.sql('COMMIT');
    expect(await answer).toBe(outcome);
    expect((await clients.find('main', 'a'))?.name).toBe(left);
  });

  const replace = (store: ClientStore, version: number) =>
    store.replace(client('a', { name: 'Replaced' }), version);
});
