import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import SqliteConnection, { type Database } from 'better-sqlite3';
import { type Background, createBackground } from './background/background.ts';
import { configure, connect } from './connection.ts';
import { migrate } from '../schema/migrations.ts';
import { explained, unavailable } from './problems.ts';
import { createPrepare, type Prepare } from './query.ts';
import type { SqliteValue, StatementOutcome } from './statement.ts';
import { createInlineWriter } from './writer/inline.ts';
import { createAdaptiveWriter } from './writer/adaptive.ts';
import { createThreadWriter } from './writer/writer-thread.ts';
import type { Operations } from './writer/operations.ts';
import type { Write, Writer } from './writer/writer.ts';

/** Options of `openDatabase`. */
export interface DatabaseOptions {
  /** A file, created if it does not exist; `:memory:` for a database that ends with the process. */
  readonly path: string;
  /** How long a write waits for another process that is writing, in milliseconds. @default 5000 */
  readonly busyTimeout?: number;
  /**
   * The largest number of waiting writes, for example behind a slow disk; further ones fail at once as an outage.
   *
   * @default 10000
   */
  readonly maxWaiting?: number;
  /**
   * How long a commit may stop the calling thread, in milliseconds. While commits take longer on average, a thread of its own
   * writes. 0: it writes always.
   *
   * @default 8
   */
  readonly longestStall?: number;
}

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

/**
 * Opens a database: migrates its tables, and makes every commit durable before it resolves. Only the owner can read a new
 * file, because it contains the keys that sign tokens.
 *
 * @throws Error that says what to do, if the file cannot be used, or was written by a newer version or another program; the
 * file is unchanged then
 */
export function openDatabase({
  path: given,
  busyTimeout = 5_000,
  maxWaiting = 10_000,
  longestStall = 8,
}: DatabaseOptions): SqliteDatabase {
  const isFile = given !== ':memory:';
  // Resolved now, because threads start later, perhaps in another folder.
  const path = isFile ? resolve(given) : given;
  const connection = open(path, isFile, busyTimeout);
  const writer = isFile
    ? createAdaptiveWriter({
        path,
        reading: connection,
        connect: () => connect({ path, busyTimeout: 0 }),
        longestStall,
        thread: createThreadWriter({ path, busyTimeout }),
      })
    : createInlineWriter(connection);
  const background = isFile ? createBackground({ path, busyTimeout }) : undefined;
  return databaseOf({ path, connection, busyTimeout, writer, background, maxWaiting });
}

interface Parts {
  readonly path: string;
  readonly connection: Database;
  readonly busyTimeout: number;
  readonly writer: Writer;
  readonly background: Background | undefined;
  readonly maxWaiting: number;
}

/** The number of writes after which the write-ahead log is copied into the file: a few megabytes. */
const CHECKPOINT_EVERY = 500;

function databaseOf({
  path,
  connection,
  busyTimeout,
  writer,
  background,
  maxWaiting,
}: Parts): SqliteDatabase {
  let writes = 0;
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
    writes += 1;
    waiting += 1;
    const isDue = writes % CHECKPOINT_EVERY === 0;
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

function open(path: string, isFile: boolean, busyTimeout: number): Database {
  try {
    if (isFile) makeForOwnerAlone(path);
    const connection = new SqliteConnection(path, { timeout: busyTimeout });
    try {
      migrate(connection);
      configure(connection);
      // From now on what has to wait for other programs is done by a thread.
      if (isFile) connection.pragma('busy_timeout = 0');
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    throw explained(path, error);
  }
}

/** Creates the file if it does not exist; SQLite gives its companion files the same permissions. */
function makeForOwnerAlone(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
