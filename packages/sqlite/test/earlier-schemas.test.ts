import { rowsOf } from '@vestibule/testing/earlier-rows';
import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { expectWorking } from './fixtures/expect-working.ts';
import { open } from './fixtures/open.ts';

const EARLIER = MIGRATIONS.slice(1).map((_, index) => index + 1);

test.each(EARLIER)(
  'clients keep their kind, and tokens, codes and grants go on working, after schema %i is migrated',
  async (version) => {
    const path = join(temporaryFolder(), 'vestibule.db');
    const before = new Database(path);
    for (const migration of MIGRATIONS.slice(0, version)) before.exec(migration);
    before.pragma(`user_version = ${version}`);
    for (const row of rowsOf(version)) before.exec(row);
    before.close();
    await expect(expectWorking(createSqliteStores(open({ path })), version)).resolves.toBeUndefined();
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
