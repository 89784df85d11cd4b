import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  createPostgresStores,
  type Database,
  type ImportedTable,
  type ImportedValue,
  type ImportProgress,
  importTables,
  openDatabase,
} from '../src/index.ts';
import { fill, readAll } from './support/filled.ts';
import { NOW } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
const opened: { readonly schema: Schema; readonly database: Database }[] = [];

async function openFresh() {
  const fresh = await createSchema();
  const place = { schema: fresh, database: await openDatabase({ url: fresh.url }) };
  opened.push(place);
  return place;
}

beforeEach(async () => {
  ({ schema, database } = await openFresh());
});
afterEach(async () => {
  for (const place of opened.splice(0)) {
    await place.database.close();
    await place.schema.drop();
  }
});

const table = (
  name: string,
  columns: readonly string[],
  rows: readonly (readonly ImportedValue[])[],
): ImportedTable => ({ name, columns, count: rows.length, rows: () => rows });

const NAMES = [
  'realms',
  'people',
  'clients',
  'initial_access_tokens',
  'grants',
  'refresh_tokens',
  'transactions',
  'codes',
  'pushed_requests',
  'finished_sign_ins',
  'replays',
  'revoked_tokens',
  'sessions',
  'signing_keys',
  'audit_events',
  'rate_limits',
];

/** Everything in another database. */
const everythingIn = (source: Database): Promise<readonly ImportedTable[]> =>
  Promise.all(
    NAMES.map(async (name) => {
      const { rows } = await source.query<Readonly<Record<string, ImportedValue>>>({
        text: `SELECT * FROM ${name}`,
      });
      const columns = Object.keys(rows[0] ?? { key: '' });
      return table(
        name,
        columns,
        rows.map((row) => Object.values(row)),
      );
    }),
  );

const REALMS = table(
  'realms',
  ['id', 'version', 'name', 'issuer', 'settings', 'apis', 'scopes'],
  [['main', 1, 'Main', 'https://id.example', '{}', '[]', '[]']],
);

const LIMITS = ['key', 'points', 'expire'];
const limits = (count: number): ImportedTable =>
  table(
    'rate_limits',
    LIMITS,
    Array.from({ length: count }, (_, i) => [`address ${i}\0`, i, i % 2 ? NOW + i : null]),
  );

const isEmpty = async (): Promise<boolean> => {
  const counts = await Promise.all(NAMES.map((name) => schema.sql(`SELECT 1 FROM ${name} LIMIT 1`)));
  return counts.every((rows) => rows.length === 0);
};

test('everything in a database is moved in, and reads as it did', async () => {
  const source = (await openFresh()).database;
  await fill(createPostgresStores(source));
  await source.query({ text: 'INSERT INTO rate_limits VALUES ($1, 3, NULL)', values: ['address \0'] });
  const tables = await everythingIn(source);
  expect(await importTables(database, tables)).toEqual({ outcome: 'imported', rows: 21 });
  expect(await readAll(createPostgresStores(database))).toEqual(await readAll(createPostgresStores(source)));
  expect(await importTables(database, tables)).toEqual({ outcome: 'already-there' });
});

test('progress is reported by table and batch', async () => {
  const told: ImportProgress[] = [];
  await importTables(database, [limits(1_200)], (progress) => void told.push(progress));
  expect(told).toEqual([500, 1_000, 1_200].map((done) => ({ table: 'rate_limits', done, total: 1_200 })));
});

test('what is already there is compared in any order', async () => {
  await importTables(database, [limits(1_200)]);
  const rows = [...limits(1_200).rows()].toReversed();
  expect(await importTables(database, [table('rate_limits', LIMITS, rows)])).toEqual({
    outcome: 'already-there',
  });
});

test.each([
  [
    'another row',
    [
      ['address 0\0', 0, null],
      ['address 1\0', 1, 7],
    ],
    'rate_limits',
  ],
  ['a row less', [['address 0\0', 0, null]], 'rate_limits'],
  ['no row', [], 'rate_limits'],
])('where the database holds something else, %s is a conflict and changes nothing', async (_, rows, name) => {
  await importTables(database, [limits(2)]);
  const outcome = await importTables(database, [
    table('sessions', ['realm'], []),
    table('rate_limits', LIMITS, rows),
  ]);
  expect(outcome).toEqual({ outcome: 'conflict', table: name });
  expect(await importTables(database, [limits(2)])).toEqual({ outcome: 'already-there' });
});

test('rows in a table that was not given are a conflict', async () => {
  await importTables(database, [limits(2)]);
  expect(await importTables(database, [])).toEqual({ outcome: 'conflict', table: 'rate_limits' });
});

test('nothing into nothing is an import of nothing', async () => {
  expect(await importTables(database, [limits(0)])).toEqual({ outcome: 'imported', rows: 0 });
});

test.each<[string, ImportedTable, RegExp]>([
  [
    'that breaks off',
    {
      ...limits(600),
      *rows() {
        yield* [...limits(600).rows()].slice(0, 599);
        throw new Error('cannot read on');
      },
    },
    /cannot read on/,
  ],
  ['that gives fewer rows than it counts', { ...limits(600), count: 601 }, /gave 600 rows and counts 601/],
  ['with a row that does not fit', table('rate_limits', LIMITS, [['a', 1, 'never']]), /invalid input syntax/],
  [
    'with a key twice',
    table('rate_limits', LIMITS, [
      ['a', 1, 1],
      ['a', 2, 2],
    ]),
    /duplicate key/,
  ],
  [
    'with an unknown column',
    table('rate_limits', ['key', 'x"y'], [['a', 1]]),
    /no column x"y of rate_limits/,
  ],
  ['nobody knows', table('customers', ['id'], [['a']]), /no table customers/],
])('after a table %s nothing is kept', async (_, broken, problem) => {
  await expect(importTables(database, [REALMS, broken])).rejects.toThrow(problem);
  expect(await isEmpty()).toBe(true);
});

test('what was not written as it was given is not kept', async () => {
  await schema.sql(`
    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.key = 'address 3' || chr(27) || '0000' THEN NEW.points := 7; END IF; RETURN NEW; END $$;
    CREATE TRIGGER spoil BEFORE INSERT ON rate_limits FOR EACH ROW EXECUTE FUNCTION spoil()`);
  await expect(importTables(database, [limits(600)])).rejects.toThrow(/rate_limits is not what was given/);
  expect(await isEmpty()).toBe(true);
});

test('one of many concurrent imports is made', async () => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => importTables(database, [limits(600)])));
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
    ...Array(4).fill('already-there'),
    'imported',
  ]);
});

test('a node that starts meanwhile waits, and finds all of it', async () => {
  await schema.sql('BEGIN; LOCK TABLE rate_limits IN EXCLUSIVE MODE');
  const importing = importTables(database, [limits(600)]);
  await schema.untilWaiting('INSERT INTO "rate_limits"');
  const starting = openDatabase({ url: schema.url });
  const first = await Promise.race([
    starting.then(() => 'started'),
    schema.untilWaiting('SELECT pg_advisory_xact_lock').then(() => 'waits'),
  ]);
  await schema.sql('COMMIT');
  const started = await starting;
  onTestFinished(() => started.close());
  expect(first).toBe('waits');
  expect((await started.query({ text: 'SELECT 1 FROM rate_limits' })).rowCount).toBe(600);
  expect(await importing).toEqual({ outcome: 'imported', rows: 600 });
});

test('a lease of a running node does not prevent an import', async () => {
  await createPostgresStores(database).leases.take('sweep', 'node', NOW, NOW + 1_000);
  expect(await importTables(database, [limits(2)])).toEqual({ outcome: 'imported', rows: 2 });
  expect(await importTables(database, [limits(2)])).toEqual({ outcome: 'already-there' });
});

test('views hold nothing, whatever they show', async () => {
  await schema.sql('CREATE VIEW statistics AS SELECT 1 AS one');
  expect(await importTables(database, [limits(2)])).toEqual({ outcome: 'imported', rows: 2 });
  expect(await importTables(database, [limits(2)])).toEqual({ outcome: 'already-there' });
});

test.each([
  ['that holds other rows, before one that is empty here', limits(2), 'rate_limits'],
  ['that is empty here, where all others are equal', limits(1), 'realms'],
])('the table of a conflict is one %s', async (_, here, name) => {
  await importTables(database, [here]);
  expect(await importTables(database, [REALMS, limits(1)])).toEqual({ outcome: 'conflict', table: name });
});
