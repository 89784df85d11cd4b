import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** Each record is JSON; what queries need is read from it by SQLite. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS clients (
    realm TEXT, id TEXT, record TEXT NOT NULL,
    kind TEXT AS (record ->> 'kind'),
    version INTEGER AS (record ->> 'version'),
    fingerprint TEXT AS (record ->> '$.registration.fingerprint'),
    issued_at INTEGER AS (record ->> 'issuedAt'),
    used_at INTEGER AS (record ->> 'lastUsedAt'),
    blocked_at INTEGER AS (record ->> 'blockedAt'),
    hibernated_at INTEGER AS (record ->> '$.registration.hibernatedAt'),
    PRIMARY KEY (realm, id)
  );
  CREATE INDEX IF NOT EXISTS duplicates ON clients (realm, fingerprint, issued_at) WHERE fingerprint IS NOT NULL;
  CREATE INDEX IF NOT EXISTS due ON clients (realm, kind, hibernated_at, used_at, issued_at);
  CREATE TABLE IF NOT EXISTS expired_clients (
    realm TEXT, id TEXT, record TEXT NOT NULL,
    expired_at INTEGER AS (record ->> 'expiredAt'),
    PRIMARY KEY (realm, id)
  );
  CREATE TABLE IF NOT EXISTS quotas (key TEXT PRIMARY KEY, uses INTEGER NOT NULL, ends_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY, record TEXT NOT NULL,
    realm TEXT AS (record ->> 'realm'),
    at INTEGER AS (record ->> 'at')
  );
  CREATE INDEX IF NOT EXISTS trail ON events (realm, at, number);
`;

type Values = Record<string, SQLInputValue>;

/** The tables of the application, in the SQLite that Node contains. */
export interface Tables {
  /** Runs a statement. @returns how many rows it changed */
  run(sql: string, values: Values): number;
  rows(sql: string, values: Values): readonly Record<string, unknown>[];
  /** Makes all that `work` does or, if it throws or its result is not to be kept, nothing. */
  atomically<R>(work: () => R, isKept?: (result: R) => boolean): R;
  close(): void;
}

/** SQLite cannot write at the moment: it is busy, cannot use its file, or the disk is full. */
const OUTAGES: ReadonlySet<unknown> = new Set([5, 10, 13]);

/** Throws an outage in a form that is a 503; any other error is a bug. */
function rethrow(error: unknown): never {
  if (!(error instanceof Error && 'errcode' in error && OUTAGES.has(error.errcode))) throw error;
  const unavailable = new Error('The tables cannot be written at the moment.', { cause: error });
  throw Object.assign(unavailable, { code: 'STORE_UNAVAILABLE', retryAfter: 5 });
}

/**
 * Opens the tables in a file, and creates them if it is new.
 *
 * @param patience how long a statement waits for other connections, in milliseconds @default 5000
 */
export function openTables(path: string, patience = 5_000): Tables {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: patience });
  database.exec(SCHEMA);
  return {
    run: (sql, values) => Number(database.prepare(sql).run(values).changes),
    rows: (sql, values) => database.prepare(sql).all(values),
    atomically(work, isKept = () => true) {
      try {
        database.exec('BEGIN IMMEDIATE');
        const result = work();
        database.exec(isKept(result) ? 'COMMIT' : 'ROLLBACK');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        return rethrow(error);
      }
    },
    close: () => database.close(),
  };
}

/** The stored records of a query. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a table is read as it was written
export const records = <T>(tables: Tables, sql: string, values: Values): readonly T[] =>
  tables.rows(sql, values).map(({ record }) => JSON.parse(String(record)));
