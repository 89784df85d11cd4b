import type { RateLimiter, Sweeper } from '@vestibule/core';
import { callbackify } from 'node:util';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { adaptLimiter } from './adapt.ts';
import { withHashedKeys } from './hashed-keys.ts';
import { createSweep, lastOf } from './sweep-limits.ts';

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
  return { ...withHashedKeys(limiter), sweep: sweepOf(database) };
}

function sweepOf(database: SqliteDatabase): Sweeper['sweep'] {
  const endOfNext = `SELECT max(key) AS last FROM (SELECT key FROM ${TABLE} WHERE key > ? ORDER BY key LIMIT ?)`;
  const deleteExpired = `DELETE FROM ${TABLE} WHERE key > ? AND key <= ? AND expire < ?`;
  return createSweep({
    lastOfNext: async (after, rows) => lastOf((await database.statement(endOfNext, [after, rows])).row),
    deleteExpired: async (after, last, now) =>
      (await database.statement(deleteExpired, [after, last, now])).changes,
  });
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
