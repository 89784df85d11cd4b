import type { Stores } from '@vestibule/server';
import { rowsOf } from '@vestibule/testing/earlier-rows';
import { NOW } from '@vestibule/testing/now';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openDatabaseWith } from '../src/database/open.ts';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import {
  CLIENTS_OF_SCHEMA_15,
  insertInSchema15,
  isActive,
  keepInSchema15,
  LEAST,
} from './support/clients-of-schema-15.ts';
import { expectWorking } from './support/expect-working.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
beforeEach(async () => {
  schema = await createSchema();
});
afterEach(() => schema.drop());

const EARLIER = MIGRATIONS.slice(1).map((_, index) => index + 1);

test.each(EARLIER)(
  'clients keep their kind, and tokens, codes and grants go on working, after schema %i is migrated',
  async (version) => {
    const before = await openDatabaseWith(MIGRATIONS.slice(0, version), { url: schema.url });
    await before.close();
    for (const row of rowsOf(version)) await schema.sql(row);
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

test.each(CLIENTS_OF_SCHEMA_15)(
  'a client keeps every member when schema 16 is migrated: %s',
  async (_, client) => {
    const { clients } = await migratedWith((before) => insertInSchema15(before, client));
    expect(await clients.find('main', 'app')).toEqual(client);
    expect(await clients.countAwake('main', 9)).toBe(isActive(client) ? 1 : 0);
  },
);

const DYNAMIC = CLIENTS_OF_SCHEMA_15.flatMap(([name, client]) =>
  client.kind === 'dynamic' ? ([[name, client]] as const) : [],
);

test.each(DYNAMIC)(
  'an expired client keeps every member when schema 16 is migrated: %s',
  async (_, client) => {
    const expired = { ...client, expiredAt: NOW };
    const { clients } = await migratedWith((before) => keepInSchema15(before, expired));
    expect(await clients.findExpired('main', 'app')).toEqual(expired);
  },
);

test('a migrated client is written and found without the members that it does not have', async () => {
  const { clients } = await migratedWith((before) => insertInSchema15(before, LEAST));
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
