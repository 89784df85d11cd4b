import SqliteConnection, { type Database } from 'better-sqlite3';

export interface ConnectionOptions {
  readonly path: string;
  readonly busyTimeout: number;
}

/** One more connection to a database that there is. */
export function connect({ path, busyTimeout }: ConnectionOptions): Database {
  const connection = new SqliteConnection(path, { timeout: busyTimeout, fileMustExist: true });
  configure(connection);
  return connection;
}

/** How every connection works, in every thread: a commit is on the disk when it returns, even if the power fails then. */
export function configure(connection: Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  // The background moves the log into the file, so that no commit has to.
  connection.pragma('wal_autocheckpoint = 0');
  connection.pragma('journal_size_limit = 67108864');
}
