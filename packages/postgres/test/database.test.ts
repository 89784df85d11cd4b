import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
let told: StatementEvent[];

beforeEach(async () => {
  schema = await createSchema();
  told = [];
  database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

test.each([
  ['text', 'a', 'text'],
  ['text with NUL', '\0 \u001B \uD800', 'text'],
  ['a moment', Number.MAX_SAFE_INTEGER, 'bigint'],
  ['nothing', null, 'text'],
  ['a list of texts', ['a', '\0', '"{}\\', null], 'text[]'],
])('%s comes back as it was', async (_, value, type) => {
  const list = type.endsWith('[]');
  const text = list ? `SELECT unnest($1::${type}) AS value` : `SELECT $1::${type} AS value`;
  const { rows, rowCount } = await database.query<{ readonly value: unknown }>({ text, values: [value] });
  expect(rows.map((row) => row.value)).toEqual(list ? value : [value]);
  expect(rowCount).toBe(rows.length);
});

test('monitoring gets the name of every statement, and never its values', async () => {
  told = [];
  await database.query({ name: 'mine', text: 'SELECT $1::text', values: ['secret'] });
  await database.transaction((transaction) => transaction.query({ text: 'SELECT 1' }));
  expect(told.map(({ name }) => name)).toEqual(['mine', 'begin', 'unnamed', 'commit']);
  expect(inspect(told)).not.toContain('secret');
});

test('transactions see what was committed meanwhile, whatever the database does by default', async () => {
  const strict = await createSchema('default_transaction_isolation=serializable');
  const own = await openDatabase({ url: strict.url });
  const isolation = await own.transaction(async (transaction) => {
    const { rows } = await transaction.query<object>({ text: 'SHOW transaction_isolation' });
    return rows;
  });
  expect(isolation).toEqual([{ transaction_isolation: 'read committed' }]);
  await own.close();
  await strict.drop();
});

test('closing waits for what is under way, and may be repeated', async () => {
  const answer = database.query({ text: 'SELECT 1 AS one' });
  await Promise.all([database.close(), database.close()]);
  expect((await answer).rows).toEqual([{ one: 1 }]);
});

test('what is asked while it closes is refused, and what was under way is not disturbed', async () => {
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const answer = database.transaction(async (transaction) => {
    await held;
    return (await transaction.query({ text: 'SELECT 1 AS one' })).rows;
  });
  const closed = database.close();
  const asked = [
    database.query({ text: 'SELECT 1' }),
    database.transaction(() => Promise.resolve()),
    database.ping(),
  ];
  const outcomes = Promise.allSettled(asked);
  goOn();
  const refused = { status: 'rejected', reason: new Error('The database is closed.') };
  expect(await outcomes).toEqual(asked.map(() => refused));
  expect(await answer).toEqual([{ one: 1 }]);
  await closed;
  await expect(database.ping()).rejects.toThrow('The database is closed.');
});

test.each([
  ['no address of PostgreSQL', 'mysql://u:sesame@localhost/x', /must look like postgres:\/\//],
  ['no address at all', 'postgres://u:sesame@:x:y', /% is %25/],
])('%s is refused without being repeated', async (_, url, problem) => {
  const error: unknown = await openDatabase({ url }).catch((thrown: unknown) => thrown);
  expect(inspect(error, { depth: Infinity, showHidden: true })).toMatch(problem);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('sesame');
});
