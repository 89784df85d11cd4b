import { createPostgresStores, openDatabase as openPostgres } from '@vestibule/postgres';
import { createPostgresRateLimiter, createSqliteRateLimiter } from '@vestibule/rate-limit';
import { createSqliteStores, openDatabase as openSqlite } from '@vestibule/sqlite';
import { startPostgres } from '@vestibule/testing/postgres';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Venue } from './venue.ts';

export type Kept = Pick<Venue, 'stores' | 'limiter' | 'close'>;

/** Stores in an SQLite file, which is deleted with them. */
export async function keptInSqlite(): Promise<Kept & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-registration-'));
  const database = openSqlite({ path: join(folder, 'a.db') });
  return {
    folder,
    stores: createSqliteStores(database),
    limiter: createSqliteRateLimiter(database),
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Stores in a PostgreSQL database, which is dropped with them. */
export async function keptInPostgres(): Promise<Kept & { readonly url: string }> {
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  const database = await openPostgres({ url });
  return {
    url,
    stores: createPostgresStores(database),
    limiter: createPostgresRateLimiter(database),
    async close() {
      await database.close();
      await postgres.stop();
    },
  };
}
