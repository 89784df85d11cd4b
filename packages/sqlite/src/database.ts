import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate } from './migrations.ts';

export interface DatabaseOptions {
  /** A file, made where there is none; `:memory:` for one that goes with the process. */
  readonly path: string;
  /** How long a write waits for another process that is writing, in milliseconds. @default 5000 */
  readonly busyTimeout?: number;
}

/**
 * Opens a database: brings its tables up to date and makes every commit durable before it returns. A new file is
 * readable for its owner alone, because it holds the keys that tokens are signed with.
 *
 * @throws Error where the file cannot be opened, is no database, or was written by a newer version; it is then left
 * as it is
 */
export function openDatabase({ path, busyTimeout = 5_000 }: DatabaseOptions): Database.Database {
  if (path !== ':memory:') makeForOwnerAlone(path);
  const database = new Database(path, { timeout: busyTimeout });
  try {
    migrate(database);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the file where there is none; SQLite gives its companions the same permissions. */
function makeForOwnerAlone(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
