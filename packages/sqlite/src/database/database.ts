import type { Database } from 'better-sqlite3';
import { unavailable } from './advice.ts';
import type { Background } from './background/background.ts';
import { MAX_LOG_PAGES } from './background/checkpoint.ts';
import { createPrepare, type Prepare } from './query.ts';
import type { SqliteValue, StatementOutcome } from './statement.ts';
import type { Operations } from './writer/operations.ts';
import type { Write, Writer } from './writer/writer.ts';

/** An open database: one connection in this thread, and others in the threads that write and copy. */
export interface SqliteDatabase {
  readonly path: string;
  /** Prepares a query, which reads in this thread and does not wait for writers. */
  readonly prepare: Prepare;
  /** Writes, together with other waiting writes; resolves when the data is durable. */
  readonly write: Write;
  /**
   * Runs one SQL statement that writes.
   *
   * @returns the first row that it returns, if any, and how many rows it changed
   */
  statement(sql: string, parameters: readonly SqliteValue[]): Promise<StatementOutcome>;
  /** Resolves if the database can be read and written. @throws StoreUnavailable if it cannot */
  ping(): Promise<void>;
  /**
   * Writes a copy of the current database to another file, while it is in use.
   *
   * @throws Error if `file` exists already or cannot be written; no file remains then
   */
  backup(file: string): Promise<void>;
  /** Completes waiting writes, and closes. */
  close(): Promise<void>;
}

/** What a database consists of. */
export interface DatabaseParts {
  readonly path: string;
  readonly connection: Database;
  readonly busyTimeout: number;
  readonly writer: Writer;
  readonly background: Background | undefined;
  readonly maxWaiting: number;
}

/**
 * The pages that a commit and a write in it add to the log, roughly. The log is copied when it is large, because a page that many
 * commits changed is copied once then.
 */
const PAGES_OF_COMMIT = 10;
const PAGES_OF_WRITE = 2.5;

/** A database from its parts, which it closes. */
export function databaseOf({
  path,
  connection,
  busyTimeout,
  writer,
  background,
  maxWaiting,
}: DatabaseParts): SqliteDatabase {
  /** The pages in the log, roughly. */
  let logged = 0;
  let waiting = 0;
  const prepare = createPrepare({ path, connection, busyTimeout });
  const write: Write = async <Name extends keyof Operations>(
    name: Name,
    ...parameters: Parameters<Operations[Name]>
  ) => {
    if (waiting >= maxWaiting) {
      throw unavailable(
        `The database ${path} has ${maxWaiting} writes waiting: its disk is too slow for them.`,
      );
    }
    waiting += 1;
    // Writes that wait together are committed together.
    logged += PAGES_OF_WRITE + PAGES_OF_COMMIT / waiting;
    const isDue = logged >= MAX_LOG_PAGES;
    if (isDue) logged = 0;
    try {
      return await writer.send({ name, parameters });
    } finally {
      waiting -= 1;
      // Failed ones count as well: they may have failed because the log filled the disk.
      if (isDue) background?.checkpoint();
    }
  };
  return {
    path,
    write,
    prepare,
    statement: (sql, parameters) => write('statement', sql, parameters),
    ping: async () => {
      prepare<[], unknown>('SELECT 1 FROM realms LIMIT 1').get();
      await write('ping');
    },
    backup: async (file) => {
      if (background === undefined) throw new Error('A database in memory has no backup.');
      await background.backup(file);
    },
    close: async () => {
      await writer.close();
      await background?.close();
      connection.close();
    },
  };
}
