import type { Stores } from '@vestibule/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { NOW, openFamily, rotation } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
let stores: Stores;
let told: StatementEvent[];

beforeEach(async () => {
  schema = await createSchema();
  told = [];
  database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
  stores = createPostgresStores(database);
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

const toldOf = (name: string): readonly StatementEvent[] => told.filter((event) => event.name === name);

/** Makes the given number of writes to a table fail. A sequence that was incremented is not rolled back. */
const failWrites = (table: string, state: string, times: number) =>
  schema.sql(`
    CREATE SEQUENCE failures;
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('failures') <= ${times} THEN RAISE EXCEPTION 'made to fail' USING ERRCODE = '${state}'; END IF;
        RETURN NEW;
      END $$;
    CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`);

const putSession = () =>
  stores.sessions.insert({
    realm: 'main',
    hash: 'h',
    person: { subject: 's', name: 'n' },
    authentication: { at: NOW, methods: [] },
    expiresAt: NOW,
  });

describe.each([
  ['a serialization failure', '40001'],
  ['a deadlock', '40P01'],
])('%s', (_, state) => {
  test('has a statement tried again', async () => {
    await failWrites('sessions', state, 2);
    expect(await putSession()).toBe('inserted');
    expect(toldOf('sessions.insert').map(({ error }) => error === undefined)).toEqual([false, false, true]);
  });

  test('has a transaction done again from its beginning', async () => {
    await schema.sql('CREATE TABLE sweets (id integer)');
    await failWrites('sweets', state, 2);
    await database.transaction(async (transaction) => {
      await transaction.query({ text: 'CREATE TABLE sour (id integer)' });
      await transaction.query({ text: 'INSERT INTO sweets VALUES (1)' });
    });
    // The first one was of the migrations.
    expect([toldOf('begin').length, toldOf('rollback').length]).toEqual([4, 2]);
    expect(await schema.sql('SELECT id FROM sweets')).toEqual([{ id: 1 }]);
  });

  test('has a commit made again, and the grant of a replay ended again', async () => {
    await openFamily(stores, 'g');
    await stores.grants.rotate(rotation('g', 'r2'));
    await stores.grants.rotate(rotation('r2', 'r3'));
    await failWrites('grants', state, 2);
    expect(await stores.grants.rotate(rotation('g', 'x', NOW + 20_000))).toEqual({ outcome: 'replayed' });
    expect(toldOf('grants.end-of-token').map(({ error }) => error === undefined)).toEqual([
      false,
      false,
      true,
    ]);
    expect(await stores.grants.findByRefreshToken('main', 'r2')).toBeUndefined();
  });

  test('is an outage after a few attempts if it does not end', async () => {
    await failWrites('sessions', state, 1_000);
    await expect(putSession()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', cause: { code: state } });
    expect(toldOf('sessions.insert')).toHaveLength(8);
    expect(await schema.sql('SELECT 1 FROM sessions')).toEqual([]);
  });
});

test('two transactions that wait for each other both happen', async () => {
  for (const id of ['a', 'b']) await openFamily(stores, id);
  const touch = (id: string) => ({
    text: 'UPDATE grants SET expires_at = expires_at + 1 WHERE id = $1',
    values: [id],
  });
  let met = 0;
  let meet: () => void = () => undefined;
  const bothHaveOne = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const cross = (first: string, second: string) =>
    database.transaction(async (transaction) => {
      await transaction.query(touch(first));
      met += 1;
      if (met === 2) meet();
      await bothHaveOne;
      await transaction.query(touch(second));
    });
  await Promise.all([cross('a', 'b'), cross('b', 'a')]);
  expect(toldOf('rollback')).toHaveLength(1);
  const [sum] = await schema.sql('SELECT sum(expires_at)::text AS sum FROM grants');
  expect(sum).toEqual({ sum: `${2 * (NOW + 1_000_000) + 4}` });
});

test.each([
  ['no connection left', '53300'],
  ['a disk that is full', '53100'],
  ['a database that only reads', '25006'],
  ['a shutdown', '57P01'],
  ['a crash', '57P02'],
  ['a start', '57P03'],
  ['a connection that failed', '08006'],
  ['a timeout', '57014'],
])('%s is an outage, and the write is not tried again', async (_, state) => {
  await failWrites('sessions', state, 1);
  await expect(putSession()).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    retryAfter: 1,
    cause: { code: state },
  });
  expect(toldOf('sessions.insert')).toHaveLength(1);
  expect(await putSession()).toBe('inserted');
});

test('what is wrong with a statement is thrown as it is', async () => {
  await failWrites('sessions', '23514', 1);
  await expect(putSession()).rejects.toMatchObject({ code: '23514', message: 'made to fail' });
  await expect(database.query({ text: 'SELEC' })).rejects.toThrow(/syntax error/);
});

describe('a transaction whose work continues after a statement failed', () => {
  const stubborn = (table: string) =>
    database.transaction(async (transaction) => {
      const ignore = (): undefined => undefined;
      await transaction.query({ text: `INSERT INTO sweets VALUES (1)` });
      await transaction.query({ text: `INSERT INTO ${table} VALUES (2)` }).catch(ignore);
      await transaction.query({ text: 'INSERT INTO sweets VALUES (3)' }).catch(ignore);
    });
  const sweets = () => schema.sql('SELECT count(*)::integer AS count FROM sweets');

  beforeEach(() => schema.sql('CREATE TABLE sweets (id integer); CREATE TABLE sour (id integer)'));

  test('says that it was rolled back, and why', async () => {
    await expect(stubborn('nowhere')).rejects.toMatchObject({
      message: 'The transaction was rolled back because a statement in it failed.',
      cause: { code: '42P01' },
    });
    expect(await sweets()).toEqual([{ count: 0 }]);
    await database.ping();
  });

  test('is done again after a conflict', async () => {
    await failWrites('sour', '40001', 2);
    await stubborn('sour');
    expect(await sweets()).toEqual([{ count: 2 }]);
    expect(toldOf('begin')).toHaveLength(4);
  });

  test('is unavailable after an outage', async () => {
    await failWrites('sour', '53100', 1);
    await expect(stubborn('sour')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      cause: { code: '53100' },
    });
    expect(await sweets()).toEqual([{ count: 0 }]);
  });

  test('is committed where it went back to a savepoint', async () => {
    await database.transaction(async (transaction) => {
      await transaction.query({ text: 'SAVEPOINT before' });
      await expect(transaction.query({ text: 'SELECT 1 FROM nowhere' })).rejects.toThrow(/does not exist/);
      await transaction.query({ text: 'ROLLBACK TO before' });
      await transaction.query({ text: 'INSERT INTO sweets VALUES (1)' });
    });
    expect(await sweets()).toEqual([{ count: 1 }]);
  });
});

test('a transaction whose work throws changes nothing, and its connection stays usable', async () => {
  const work = database.transaction(async (transaction) => {
    await transaction.query({ text: 'DELETE FROM realms' });
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(told.at(-1)).toMatchObject({ name: 'rollback' });
  await database.ping();
});
