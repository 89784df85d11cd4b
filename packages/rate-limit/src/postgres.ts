import type { RateLimiter, Sweeper } from '@vestibule/core';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { adaptLimiter } from './adapt.ts';
import { withHashedKeys } from './hashed-keys.ts';

/** The used part of a database of `@vestibule/postgres`. A pool of `pg` fits as well. */
export interface PostgresDatabase {
  query(statement: PostgresStatement): Promise<{ readonly rowCount: number | null }>;
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
  const deleteExpired = {
    name: 'rate_limits.sweep',
    text: `
      WITH expired AS MATERIALIZED (
        SELECT key FROM ${TABLE} WHERE expire < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
      )
      DELETE FROM ${TABLE} WHERE key IN (SELECT key FROM expired)`,
  };
  return {
    ...withHashedKeys(limiter),
    sweep: async (now, limit) =>
      (await database.query({ ...deleteExpired, values: [now, limit] })).rowCount ?? 0,
  };
}
