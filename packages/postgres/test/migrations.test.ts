import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabaseWith } from '../src/database/open.ts';
import { createPostgresStores, type Database } from '../src/index.ts';
import { type Migration, MIGRATIONS } from '../src/schema/migrations.ts';
import { fill, fillAsBefore, readAll, ROWS_OF_SCHEMA_4 } from './support/filled.ts';
import { NOW, rotation } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let databases: Database[];

beforeEach(async () => {
  schema = await createSchema();
  databases = [];
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await schema.drop();
});

async function start(migrations: readonly Migration[] = MIGRATIONS): Promise<Database> {
  const database = await openDatabaseWith(migrations, { url: schema.url });
  databases.push(database);
  return database;
}

const version = () => schema.sql('SELECT version, compatible_from FROM schema_version');

const tables = async (): Promise<readonly unknown[]> => {
  const rows = await schema.sql(
    'SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1',
  );
  return rows.map((row) => row['table_name']);
};

/** The last schema version before one that changed existing tables; later ones only add tables. */
const PREVIOUS = 4;
const NEXT = MIGRATIONS.length + 1;
const COMPATIBLE = 22;
const ADDING: Migration = { sql: 'ALTER TABLE clients ADD COLUMN liked text', compatibleFrom: COMPATIBLE };
const BREAKING: Migration = { sql: 'ALTER TABLE clients RENAME TO customers', compatibleFrom: NEXT };

const isUpToDate = async (): Promise<boolean> => {
  const rows = await schema.sql(
    `SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'clients' AND column_name = 'client'`,
  );
  return rows.length > 0;
};

/** As a node does that knows no schema above 15. */
const registerByHand = (id: string): string => `
  INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at)
  VALUES ('main', '${id}', 'App', '[]', '[]', 'native', ${NOW})`;

/** A database of the previous version, with data in every store, and what is expected of it. */
async function previousWithData(): Promise<unknown> {
  const elsewhere = await createSchema();
  const current = await openDatabaseWith(MIGRATIONS, { url: elsewhere.url });
  const stores = createPostgresStores(current);
  await fillAsBefore(stores);
  const everything = await readAll(stores);
  await current.close();
  await elsewhere.drop();
  await (await start(MIGRATIONS.slice(0, PREVIOUS))).close();
  await schema.sql(ROWS_OF_SCHEMA_4);
  return { ...everything, transaction: undefined };
}

test('many nodes may start at once on nothing', async () => {
  await Promise.all(Array.from({ length: 6 }, () => start()));
  expect(await version()).toEqual([{ version: MIGRATIONS.length, compatible_from: COMPATIBLE }]);
});

test('starting again changes nothing', async () => {
  await fill(createPostgresStores(await start()));
  const before = await readAll(createPostgresStores(await start()));
  expect(await readAll(createPostgresStores(await start()))).toEqual(before);
  expect(await version()).toHaveLength(1);
});

test('many nodes may start at once on the previous schema, and find all that was there', async () => {
  const before = await previousWithData();
  expect(await isUpToDate()).toBe(false);
  const nodes = await Promise.all(Array.from({ length: 4 }, () => start()));
  for (const node of nodes) expect(await readAll(createPostgresStores(node))).toEqual(before);
  const outcomes = await Promise.all(
    nodes.map((node, i) => createPostgresStores(node).grants.rotate(rotation('r2', `r3.${i}`))),
  );
  expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
  expect(await isUpToDate()).toBe(true);
});

test('an older node still works, and can start, if the schema only grew', async () => {
  const running = createPostgresStores(await start());
  await fill(running);
  const before = await readAll(running);
  await start([...MIGRATIONS, ADDING]);
  for (const old of [running, createPostgresStores(await start())]) {
    expect(await readAll(old)).toEqual(before);
    expect(await old.codes.put('main', 'k', codeValue, NOW)).toBe('exists');
  }
  expect(await running.codes.take('main', 'k', NOW)).toMatchObject({ grantId: 'g' });
  expect(await version()).toEqual([{ version: MIGRATIONS.length + 1, compatible_from: COMPATIBLE }]);
});

test('an older node is refused where the schema changed under it', async () => {
  await start([...MIGRATIONS, BREAKING]);
  await expect(start()).rejects.toThrow(
    `has schema ${NEXT}, which needs a version of Vestibule that knows schema ${NEXT}; this one knows schemas up to ${MIGRATIONS.length}`,
  );
  expect(await version()).toEqual([{ version: NEXT, compatible_from: NEXT }]);
});

test.each([3, 15])(
  'a node of schema %i may not start, and one that runs can store no client',
  async (earlier) => {
    await start(MIGRATIONS.slice(0, earlier));
    const { clients } = createPostgresStores(await start());
    await expect(start(MIGRATIONS.slice(0, earlier))).rejects.toThrow(
      `this one knows schemas up to ${earlier}`,
    );
    await expect(schema.sql(registerByHand('old'))).rejects.toThrow(
      /"name" of relation "clients" does not exist/,
    );
    expect(await clients.find('main', 'old')).toBeUndefined();
  },
);

test('a commit of a node of schema 15 that still runs stores no client', async () => {
  await start();
  const row = {
    realm: 'main',
    id: 'old',
    version: 1,
    name: 'Old',
    redirect_uris: '[]',
    kind: 'dynamic',
    issued_at: 1,
  };
  const commits = JSON.stringify([[{ kind: 'client.insert', row }]]);
  await expect(schema.sql(`SELECT commit_changes('${commits}', '{}')`)).rejects.toThrow(
    /null value in column "client".*violates not-null constraint/,
  );
});

/** `AT` is two milliseconds ago. */
test.each([
  ['never', '', NOW],
  [
    'by a grant',
    `INSERT INTO grants VALUES ('main', 'g', 'app', 'ada', 'r', '[]', AT, 0), ('main', 'g2', 'other', 'ada', 'r', '[]', AT + 1, 0)`,
    NOW - 2,
  ],
  [
    'by a consent with characters that JSON may not have in PostgreSQL',
    String.raw`INSERT INTO audit_events VALUES ('e', 'main', AT, 'consent.approved', '{"note":"\u0000 \ud800 \"clientId\":\"b\"","clientId":"app"}')`,
    NOW - 2,
  ],
  [
    'by tokens, the last time',
    `INSERT INTO audit_events SELECT n, 'main', AT + n, 'token.issued', '{"clientId":"app"}' FROM generate_series(0, 1) AS n`,
    NOW - 1,
  ],
  [
    'in another realm',
    `INSERT INTO audit_events VALUES ('e', 'other', AT, 'token.issued', '{"clientId":"app"}')`,
    NOW,
  ],
  [
    'in vain',
    `INSERT INTO audit_events VALUES ('e', 'main', AT, 'token.refused', '{"clientId":"app"}')`,
    NOW,
  ],
])('a client that was used before uses were noted is known to have been: %s', async (_, use, usedAt) => {
  await start(MIGRATIONS.slice(0, 3));
  await schema.sql(registerByHand('app'));
  await schema.sql(use.replaceAll('AT', `${NOW - 2}`));
  const { clients } = createPostgresStores(await start());
  expect((await clients.find('main', 'app'))?.lastUsedAt ?? null).toBe(usedAt);
});

test('a migration that fails leaves everything as it was', async () => {
  await previousWithData();
  const broken = [...MIGRATIONS, { sql: 'ALTER TABLE nothing ADD COLUMN x text', compatibleFrom: 1 }];
  await expect(start(broken)).rejects.toThrow(/"nothing" does not exist/);
  expect(await version()).toEqual([{ version: PREVIOUS, compatible_from: PREVIOUS }]);
  expect(await isUpToDate()).toBe(false);
});

test.each([
  ['tables', 'CREATE TABLE customers (id text)', ['customers']],
  ['a table of versions', 'CREATE TABLE schema_version (version text)', ['schema_version']],
  [
    'an empty table like ours',
    'CREATE TABLE schema_version (version integer, compatible_from integer)',
    ['schema_version'],
  ],
])('a database where another program has %s is refused and left alone', async (_, sql, there) => {
  await schema.sql(sql);
  await expect(start()).rejects.toThrow(/belongs to another program.*a schema of its own/);
  expect(await tables()).toEqual(there);
});

test('views are ignored', async () => {
  await schema.sql('CREATE VIEW statistics AS SELECT 1 AS one');
  await start();
  expect(await tables()).toContain('realms');
});

test.each([
  ['a schema', 'absent', 'absent'],
  ['a schema with a name in quotes', '"not, here"', '"not, here"'],
  ['one of several schemas', '"$user", absent, other', 'absent'],
])('where the database lacks %s it is asked for, it says how to make one', async (_, path, name) => {
  // The schemas of all tests are in one database.
  const [own] = await schema.sql('SELECT current_schema()::text AS name');
  const unique = (text: string) =>
    text.replaceAll(/absent|not|other/g, (word) => `${word}_${String(own?.['name'])}`);
  const url = new URL(schema.url);
  url.searchParams.set('options', `-c search_path=${unique(path).replaceAll(' ', String.raw`\ `)}`);
  const open = () => openDatabaseWith(MIGRATIONS, { url: url.href });
  const error: unknown = await open().catch((thrown: unknown) => thrown);
  const statement = /CREATE SCHEMA .* AUTHORIZATION \w+/.exec(String(error))?.[0] ?? '';
  expect(statement).toBe(`CREATE SCHEMA ${unique(name)} AUTHORIZATION postgres`);
  await schema.sql(statement);
  databases.push(await open());
  await schema.sql(`DROP SCHEMA ${unique(name)} CASCADE`);
});

const codeValue = {
  grantId: 'other',
  clientId: 'app',
  subject: 'ada',
  redirectUri: 'https://app.example/cb',
  refreshable: true,
  codeChallenge: 'c',
  resource: 'https://a.example',
  scopes: ['a'],
  authentication: { at: NOW, methods: [] },
};
