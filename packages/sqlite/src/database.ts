import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate } from './migrations.ts';

export interface DatabaseOptions {
  /** A file, made where there is none; `:memory:` for one that goes with the process. */
  readonly path: string;
  /** How long a write waits for another process that is writing, in milliseconds. @default 5000 */
  readonly busyTimeout?: number;
}

/**
 * Opens a database: brings its tables up to date and makes every commit durable before it returns. Readable
 * for its owner alone, because it holds the keys that tokens are signed with.
 *
 * @throws Error where the file cannot be opened, is no database, or was written by a newer version
 */
export function openDatabase({ path, busyTimeout = 5_000 }: DatabaseOptions): Database.Database {
  const database = new Database(path, { timeout: busyTimeout });
  try {
    if (path !== ':memory:') chmodSync(path, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
