import type { RateLimiter, Sweeper } from '@vestibule/core';
import { callbackify } from 'node:util';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { adaptLimiter } from './adapt.ts';
import { withHashedKeys } from './hashed-keys.ts';

/** The used part of a database of `@vestibule/sqlite`. */
export interface SqliteDatabase {
  /** Runs one statement that writes. */
  statement(sql: string, parameters: readonly (string | number | null)[]): Promise<SqliteOutcome>;
}

/** The result of a statement. */
export interface SqliteOutcome {
  /** The first row that it returned. */
  readonly row?: unknown;
  readonly changes: number;
}

const TABLE = 'rate_limits';

/** Counts in a SQLite database, in the table `rate_limits`, so that counts survive a restart. Keys are stored as hashes. */
export function createSqliteRateLimiter(database: SqliteDatabase): RateLimiter & Sweeper {
  const storeClient = asSqlite3(database);
  const limiter = adaptLimiter(
    (shape) => new RateLimiterSQLite({ ...shape, storeClient, tableName: TABLE, tableCreated: true }),
  );
  const deleteExpired = `DELETE FROM ${TABLE} WHERE key IN (SELECT key FROM ${TABLE} WHERE expire < ? LIMIT ?)`;
  return {
    ...withHashedKeys(limiter),
    sweep: async (now, limit) => (await database.statement(deleteExpired, [now, limit])).changes,
  };
}

type Callback = (error: unknown, row?: unknown) => void;

/**
 * The database in the form that rate-limiter-flexible expects of an asynchronous one. Each statement is its own transaction.
 */
function asSqlite3(database: SqliteDatabase): object {
  return {
    serialize: (work: () => void): void => work(),
    // A savepoint around one statement, which is a transaction already.
    run: (_sql: string, done: Callback): void => done(null),
    get: (sql: string, parameters: (string | number | null)[], done: Callback): void => {
      callbackify(async () => (await database.statement(sql, parameters)).row)(done);
    },
  };
}
