import type { RotationOutcome, Stores } from '@vestibule/server';
import {
  CLIENTS_OF_SCHEMA_15,
  DYNAMIC_CLIENTS_OF_SCHEMA_15,
  isActiveInSchema15,
  keptInSchema15,
  LEAST,
  rowOfSchema15,
} from '@vestibule/testing/clients-of-schema-15';
import { rowsOf } from '@vestibule/testing/earlier-rows';
import { NOW } from '@vestibule/testing/now';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openDatabaseWith } from '../src/database/open.ts';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { expectWorking } from './support/expect-working.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
beforeEach(async () => {
  schema = await createSchema();
});
afterEach(() => schema.drop());

/** The first version whose clients are records. */
const RECORDS_SINCE = 16;

const EARLIER = MIGRATIONS.slice(1).map((_, index) => index + 1);

test.each(EARLIER)(
  'clients keep their kind, and tokens, codes and grants go on working, after schema %i is migrated',
  async (version) => {
    const before = await openDatabaseWith(MIGRATIONS.slice(0, version), { url: schema.url });
    await before.close();
    for (const row of rowsOf(version, RECORDS_SINCE)) await schema.sql(row);
    const database = await openDatabase({ url: schema.url });
    try {
      await expect(expectWorking(createPostgresStores(database), version)).resolves.toBeUndefined();
    } finally {
      await database.close();
    }
  },
);

/** A database of schema 15, which is migrated at the end. */
async function migratedWith(fill: (before: Database) => Promise<void>): Promise<Stores> {
  const before = await openDatabaseWith(MIGRATIONS.slice(0, 15), { url: schema.url });
  await fill(before);
  await before.close();
  const database = await openDatabase({ url: schema.url });
  onTestFinished(() => database.close());
  return createPostgresStores(database);
}

async function insertRow(
  database: Database,
  table: string,
  row: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  const columns = Object.keys(row);
  const parameters = columns.map((_, index) => `$${index + 1}`).join(', ');
  const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${parameters})`;
  await database.query({ text, values: Object.values(row) });
}

test.each(CLIENTS_OF_SCHEMA_15)(
  'a client keeps every member when schema 16 is migrated: %s',
  async (_, client) => {
    const { clients } = await migratedWith((before) => insertRow(before, 'clients', rowOfSchema15(client)));
    expect(await clients.find('main', 'app')).toEqual(client);
    expect(await clients.countAwake('main', 9)).toBe(isActiveInSchema15(client) ? 1 : 0);
  },
);

test.each(DYNAMIC_CLIENTS_OF_SCHEMA_15)(
  'an expired client keeps every member when schema 16 is migrated: %s',
  async (_, client) => {
    const row = { realm: 'main', id: 'app', client: keptInSchema15(client), expired_at: NOW };
    const { clients } = await migratedWith((before) => insertRow(before, 'expired_clients', row));
    expect(await clients.findExpired('main', 'app')).toEqual({ ...client, expiredAt: NOW });
  },
);

test('a migrated client is written and found without the members that it does not have', async () => {
  const { clients } = await migratedWith((before) => insertRow(before, 'clients', rowOfSchema15(LEAST)));
  const [migrated] = await schema.sql('SELECT client::text FROM clients');
  await clients.remove('main', 'app');
  await clients.insert(LEAST);
  const [inserted] = await schema.sql('SELECT client::text FROM clients');
  expect(JSON.parse(String(migrated?.['client']))).toEqual(JSON.parse(String(inserted?.['client'])));
});

test('the table refuses a client of an unknown kind', async () => {
  await (await openDatabase({ url: schema.url })).close();
  const insert = (kind: string) =>
    schema.sql(
      `INSERT INTO clients (realm, id, kind, issued_at, client) VALUES ('main', '${kind}', '${kind}', 7, '{}')`,
    );
  await expect(insert('other')).rejects.toThrow(/violates check constraint/);
  for (const kind of ['dynamic', 'metadata-document', 'pre-registered']) await insert(kind);
});

/** Three tokens of a family, the newest of them not used, and a family that began with a token without a secret. */
const TOKENS = `
  INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at, opened_at, authentication)
  SELECT 'main', id, 'app', 'ada', 'https://api', '[]', 8, expires_at, 8, '{"at":7,"methods":[]}'
  FROM (VALUES ('g', 101), ('h', 101), ('swept', 60)) AS stored (id, expires_at);
  INSERT INTO refresh_tokens (hash, realm, grant_id, expires_at, used_at, successor_hash, successor_seed, family_hash) VALUES
    ('f1', 'main', 'g', 99, 20, 'f2', 'seed of f2', 'f'),
    ('f2', 'main', 'g', 100, 30, 'f3', 'seed of f3', 'f'),
    ('f3', 'main', 'g', 101, NULL, NULL, NULL, 'f'),
    ('h1', 'main', 'h', 99, 20, 'h2', 'seed of h2', NULL),
    ('h2', 'main', 'h', 100, 30, 'h3', 'seed of h3', 'h'),
    ('h3', 'main', 'h', 101, NULL, NULL, NULL, 'h')`;

test.each<[string, string, string | undefined, number, RotationOutcome]>([
  ['the newest is refreshed', 'f3', 'f', 50, { outcome: 'rotated' }],
  ['the one before returns the newest', 'f2', 'f', 99, { outcome: 'repeated', seed: 'seed of f3' }],
  [
    'the oldest returns its successor in the grace',
    'f1',
    'f',
    39,
    { outcome: 'repeated', seed: 'seed of f2' },
  ],
  ['the oldest is a replay after the grace', 'f1', 'f', 40, { outcome: 'replayed' }],
  ['the oldest is invalid when it has expired', 'f1', 'f', 99, { outcome: 'invalid' }],
  ['one that is no longer stored is a replay', 'f0', 'f', 50, { outcome: 'replayed' }],
  ['the secret of another family is unknown', 'f0', 'x', 50, { outcome: 'invalid' }],
  [
    'one without a secret returns its successor in the grace',
    'h1',
    undefined,
    39,
    { outcome: 'repeated', seed: 'seed of h2' },
  ],
  ['one without a secret is a replay after the grace', 'h1', undefined, 40, { outcome: 'replayed' }],
  ['the newest after one without a secret is refreshed', 'h3', 'h', 50, { outcome: 'rotated' }],
])(
  'tokens of a family that were rows keep what they result in: %s',
  async (_, hash, family, now, outcome) => {
    const { grants } = await migratedWith(() => schema.sql(TOKENS).then(() => undefined));
    const carried = family === undefined ? {} : { family };
    const successor = { hash: 'next', seed: 's', expiresAt: now + 99, ...carried };
    const rotation = {
      realm: 'main',
      presented: { hash, ...carried },
      successor,
      now,
      repeatableSince: now - 10,
    };
    expect(await grants.rotate(rotation)).toEqual(outcome);
  },
);

test('grants of an earlier schema are swept when they expire, and prolonged ones are not', async () => {
  const stores = await migratedWith(() => schema.sql(TOKENS).then(() => undefined));
  const successor = { hash: 'next', seed: 's', expiresAt: 999, family: 'f' };
  const presented = { hash: 'f3', family: 'f' };
  await stores.grants.rotate({ realm: 'main', presented, successor, now: 50, repeatableSince: 40 });
  await stores.sweep(60, 100);
  expect(await schema.sql('SELECT id FROM grants ORDER BY id')).toEqual([{ id: 'g' }, { id: 'h' }]);
  await stores.sweep(101, 100);
  expect(await schema.sql('SELECT id, sweep_at::int FROM grants')).toEqual([{ id: 'g', sweep_at: 999 }]);
});
