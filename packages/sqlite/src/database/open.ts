import SqliteConnection, { type Database } from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { migrate } from '../schema/migrate.ts';
import { explained } from './advice.ts';
import { createBackground } from './background/background.ts';
import { configure, connect } from './connection.ts';
import { databaseOf, type SqliteDatabase } from './database.ts';
import { createAdaptiveWriter } from './writer/adaptive.ts';
import { createInlineWriter } from './writer/inline.ts';
import { createThreadWriter } from './writer/writer-thread.ts';

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
