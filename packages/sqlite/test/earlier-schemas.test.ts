import {
  CLIENTS_OF_SCHEMA_15,
  DYNAMIC_CLIENTS_OF_SCHEMA_15,
  isActiveInSchema15,
  keptInSchema15,
  rowOfSchema15,
} from '@vestibule/testing/clients-of-schema-15';
import { rowsOf } from '@vestibule/testing/earlier-rows';
import { temporaryFolder } from '@vestibule/testing/folder';
import { NOW } from '@vestibule/testing/now';
import type { Stores } from '@vestibule/server';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { expectWorking } from './support/expect-working.ts';
import { open } from './support/open.ts';

/** The first schema whose clients are records. */
const RECORDS_SINCE = 17;

const EARLIER = MIGRATIONS.slice(1).map((_, index) => index + 1);

test.each(EARLIER)(
  'clients keep their kind, and tokens, codes and grants go on working, after schema %i is migrated',
  async (version) => {
    const path = join(temporaryFolder(), 'vestibule.db');
    const before = new Database(path);
    for (const migration of MIGRATIONS.slice(0, version)) before.exec(migration);
    before.pragma(`user_version = ${version}`);
    for (const row of rowsOf(version, RECORDS_SINCE)) before.exec(row);
    before.close();
    await expect(expectWorking(createSqliteStores(open({ path })), version)).resolves.toBeUndefined();
  },
);

/** The last schema whose clients have a column for each member. */
const COLUMNS_UNTIL = 16;

/** The stores of a database of that schema with a row, after its migration. */
function migratedWith(table: string, row: Readonly<Record<string, string | number | null>>): Stores {
  const path = join(temporaryFolder(), 'vestibule.db');
  const before = new Database(path);
  for (const migration of MIGRATIONS.slice(0, COLUMNS_UNTIL)) before.exec(migration);
  before.pragma(`user_version = ${COLUMNS_UNTIL}`);
  const columns = Object.keys(row);
  before
    .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(Object.values(row));
  before.close();
  return createSqliteStores(open({ path }));
}

/** A column of text cannot have half a surrogate pair. */
const wellFormed = (client: object | undefined): unknown =>
  JSON.parse(JSON.stringify(client), (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );

test.each(CLIENTS_OF_SCHEMA_15)(
  'a client keeps every member when schema 17 is migrated: %s',
  async (_, client) => {
    const { clients } = migratedWith('clients', rowOfSchema15(client));
    expect(wellFormed(await clients.find('main', 'app'))).toEqual(wellFormed(client));
    expect(await clients.countAwake('main', 9)).toBe(isActiveInSchema15(client) ? 1 : 0);
  },
);

test.each(DYNAMIC_CLIENTS_OF_SCHEMA_15)(
  'an expired client keeps every member when schema 17 is migrated: %s',
  async (_, client) => {
    const row = { realm: 'main', id: 'app', client: keptInSchema15(client), expired_at: NOW };
    const { clients } = migratedWith('expired_clients', row);
    expect(await clients.findExpired('main', 'app')).toEqual({ ...client, expiredAt: NOW });
  },
);

test('the table refuses a client of an unknown kind', () => {
  const database = new Database(':memory:');
  for (const migration of MIGRATIONS) database.exec(migration);
  const insert = (kind: string): unknown =>
    database.exec(
      `INSERT INTO clients (realm, id, version, kind, issued_at, client) VALUES ('main', '${kind}', 1, '${kind}', 7, '{}')`,
    );
  insert('dynamic');
  expect(() => insert('other')).toThrow(/CHECK constraint failed/);
  database.close();
});
