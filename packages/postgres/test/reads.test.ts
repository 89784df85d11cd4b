import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
let told: StatementEvent[] = [];

beforeEach(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
  await schema.sql("CREATE TABLE sweets (name text); INSERT INTO sweets VALUES ('toffee')");
  told = [];
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

const SELECT = 'SELECT $1 || name AS found FROM sweets';
const read = (prefix: string, text = SELECT) =>
  database.query<{ readonly found: string }>({ name: `read.${text}`, text, values: [prefix], reads: true });

/** The names of the statements of each round trip. */
const trips = (): readonly number[] =>
  [...Map.groupBy(told, ({ trip }) => trip).values()].map((of) => of.length);

test('reads of one turn of the event loop are one round trip, and equal ones are one statement', async () => {
  const results = await Promise.all(['a ', 'b ', 'a ', 'c '].map((prefix) => read(prefix)));
  expect(results.map(({ rows }) => rows[0]?.found)).toEqual(['a toffee', 'b toffee', 'a toffee', 'c toffee']);
  expect(trips()).toEqual([3]);
});

test('reads that follow each other are a round trip each', async () => {
  await read('a ');
  await read('a ');
  expect(trips()).toEqual([1, 1]);
});

test('a read that fails says so to its caller alone', async () => {
  const results = await Promise.allSettled([
    read('a '),
    read('b ', 'SELECT $1 || name FROM nowhere'),
    read('c '),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(trips()).toEqual([3]);
});

test('a read that is asked for while an equal one is under way is a statement of its own', async () => {
  await schema.sql('BEGIN; LOCK TABLE sweets IN ACCESS EXCLUSIVE MODE');
  const earlier = read('a ');
  await schema.untilWaiting('SELECT $1');
  const later = read('a ');
  await schema.untilWaiting('SELECT $1', 2);
  await schema.sql(`UPDATE sweets SET name = 'fudge'; COMMIT`);
  await Promise.all([earlier, later]);
  expect(trips()).toEqual([1, 1]);
});
