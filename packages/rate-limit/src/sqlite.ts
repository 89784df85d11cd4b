import type { RateLimiter, Sweeper } from '@vestibule/core';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { adaptLimiter } from './adapt.ts';

/** A connection of better-sqlite3, of which only what is used here is named. */
export interface SqliteConnection {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...parameters: unknown[]): { readonly changes: number } };
}

const TABLE = 'rate_limits';

/** Counts in a SQLite database, in a table of its own, so that counts outlive a restart. */
export function createSqliteRateLimiter(connection: SqliteConnection): RateLimiter & Sweeper {
  connection.exec(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (key TEXT PRIMARY KEY, points INTEGER NOT NULL DEFAULT 0, expire INTEGER)`,
  );
  const limiter = adaptLimiter(
    (shape) =>
      new RateLimiterSQLite({
        ...shape,
        storeClient: connection,
        storeType: 'better-sqlite3',
        tableName: TABLE,
        tableCreated: true,
      }),
  );
  const deleteExpired = connection.prepare(
    `DELETE FROM ${TABLE} WHERE key IN (SELECT key FROM ${TABLE} WHERE expire < ? LIMIT ?)`,
  );
  return { ...limiter, sweep: async (now, limit) => deleteExpired.run(now, limit).changes };
}
