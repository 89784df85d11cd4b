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

const CHANGED = `UPDATE clients SET version = 2, client = replace(client, 'Client a', 'Changed')`;
const GONE = 'DELETE FROM clients';

/** The client is locked by a connection of the test until the call waits for it. */
describe('a call that waited for a client decides by what was done before', () => {
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

const EXPIRES = `
  INSERT INTO expired_clients (realm, id, client, expired_at) SELECT realm, id, '{}', 1 FROM clients;
  DELETE FROM clients`;
const IS_RESTORED = `
  DELETE FROM expired_clients;
  INSERT INTO clients SELECT * FROM copies`;

/** The move is held by a connection of the test until the removal waits for it. */
describe('a client that moves between the tables', () => {
  test.each([
    ['expires', false, EXPIRES],
    ['is restored', true, IS_RESTORED],
  ])('a removal finds a client that %s while it waits', async (_, hasExpired, move) => {
    await clients.insert(client('a'));
    await schema.sql('CREATE TABLE copies AS SELECT * FROM clients');
    if (hasExpired) await clients.expire({ ...client('a'), expiredAt: NOW }, 1);
    await schema.sql(`BEGIN; ${move}`);
    const outcome = clients.remove('main', 'a');
    await schema.untilWaiting('');
    await schema.sql('COMMIT');
    expect(await outcome).toBe('removed');
    expect(await clients.find('main', 'a')).toBeUndefined();
    expect(await schema.sql('SELECT id FROM expired_clients')).toEqual([]);
    expect(await clients.remove('main', 'a')).toBe('missing');
  });

  test('a removal of one version leaves what is kept of a client that expired while it waits', async () => {
    await clients.insert(client('a'));
    await schema.sql(`BEGIN; ${EXPIRES}`);
    const outcome = clients.remove('main', 'a', 1);
    await schema.untilWaiting('');
    await schema.sql('COMMIT');
    expect(await outcome).toBe('missing');
    expect(await schema.sql('SELECT id FROM expired_clients')).toEqual([{ id: 'a' }]);
  });
});
