import type { RateLimiter, Sweeper } from '@vestibule/core';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { adaptLimiter } from './adapt.ts';
import { withHashedKeys } from './hashed-keys.ts';
import { createSweep, lastOf } from './sweep-limits.ts';

/** The used part of a database of `@vestibule/postgres`. A pool of `pg` fits as well. */
export interface PostgresDatabase {
  query(
    statement: PostgresStatement,
  ): Promise<{ readonly rowCount: number | null; readonly rows: readonly unknown[] }>;
}

/** A prepared statement with its values. */
export interface PostgresStatement {
  readonly name: string;
  readonly text: string;
  readonly values: (string | number)[];
}

const TABLE = 'rate_limits';

/** Counts in a PostgreSQL database, in the table `rate_limits`, shared by all nodes. Keys are stored as hashes. */
export function createPostgresRateLimiter(database: PostgresDatabase): RateLimiter & Sweeper {
  const limiter = adaptLimiter(
    (shape) =>
      new RateLimiterPostgres({
        ...shape,
        storeClient: database,
        storeType: 'pool',
        tableName: TABLE,
        tableCreated: true,
        clearExpiredByTimeout: false,
      }),
  );
  return { ...withHashedKeys(limiter), sweep: sweepOf(database) };
}

function sweepOf(database: PostgresDatabase): Sweeper['sweep'] {
  const endOfNext = {
    name: 'rate_limits.next',
    text: `SELECT max(key) AS last FROM (SELECT key FROM ${TABLE} WHERE key > $1 ORDER BY key LIMIT $2) AS next`,
  };
  const deleteExpired = {
    name: 'rate_limits.sweep',
    text: `
      WITH expired AS MATERIALIZED (
        SELECT key FROM ${TABLE} WHERE key > $1 AND key <= $2 AND expire < $3 FOR UPDATE SKIP LOCKED
      )
      DELETE FROM ${TABLE} WHERE key IN (SELECT key FROM expired)`,
  };
  return createSweep({
    lastOfNext: async (after, rows) =>
      lastOf((await database.query({ ...endOfNext, values: [after, rows] })).rows[0]),
    deleteExpired: async (after, last, now) =>
      (await database.query({ ...deleteExpired, values: [after, last, now] })).rowCount ?? 0,
  });
}
