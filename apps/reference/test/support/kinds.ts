import type { DatabaseLocation } from '@vestibule/database';
import {
  createPostgresStores,
  openDatabase as openPostgres,
  type Database as PostgresDatabase,
} from '@vestibule/postgres';
import type { Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { createSqliteStores, openDatabase as openSqlite, type SqliteDatabase } from '@vestibule/sqlite';
import { temporaryFolder } from '@vestibule/testing/folder';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty database of one kind, with one connection for each node that shares it. */
export type OpenNodes = () => Promise<readonly [Stores, Stores]>;

/** Closed at the end of the test. */
function closing<Opened extends SqliteDatabase | PostgresDatabase>(database: Opened): Opened {
  onTestFinished(() => database.close());
  return database;
}

let postgres: Promise<TestPostgres> | undefined;

/** An empty database for an app, of each kind that outlives the app. */
export const LOCATIONS: readonly (readonly [string, () => Promise<DatabaseLocation>])[] = [
  ['SQLite', async () => ({ kind: 'sqlite', path: join(temporaryFolder(), 'test.db') })],
  [
    'PostgreSQL',
    async () => {
      postgres ??= startPostgres();
      return { kind: 'postgres', url: await (await postgres).createDatabase() };
    },
  ],
];

/** All kinds of stores. */
export const KINDS: readonly (readonly [string, OpenNodes])[] = [
  [
    'memory',
    async () => {
      const stores = createMemoryStores();
      return [stores, stores];
    },
  ],
  [
    'SQLite',
    async () => {
      const path = join(temporaryFolder(), 'test.db');
      const open = (): Stores => createSqliteStores(closing(openSqlite({ path })));
      return [open(), open()];
    },
  ],
  [
    'PostgreSQL',
    async () => {
      postgres ??= startPostgres();
      const url = await (await postgres).createDatabase();
      const open = async (): Promise<Stores> => createPostgresStores(closing(await openPostgres({ url })));
      return [await open(), await open()];
    },
  ],
];

/** Stops the PostgreSQL of these databases. For `afterAll` of each file that uses them: files share this module. */
export async function stopPostgres(): Promise<void> {
  const started = postgres;
  postgres = undefined;
  await (await started)?.stop();
}
