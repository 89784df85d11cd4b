import SqliteConnection, { type Database } from 'better-sqlite3';

export interface ConnectionOptions {
  readonly path: string;
  readonly busyTimeout: number;
}

/** Opens another connection to an existing database. */
export function connect({ path, busyTimeout }: ConnectionOptions): Database {
  const connection = new SqliteConnection(path, { timeout: busyTimeout, fileMustExist: true });
  configure(connection);
  return connection;
}

/** Configures every connection, in every thread: a commit is durable when it returns, even after a power cut. */
export function configure(connection: Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  // The background thread copies the log, so that no commit has to.
  connection.pragma('wal_autocheckpoint = 0');
  connection.pragma('journal_size_limit = 67108864');
  // Both in kibibytes. SQLite goes through its whole cache in most commits, and the operating system has the pages as well. The
  // changed pages of one transaction may be more; otherwise they would be written twice.
  connection.pragma('cache_size = -2048');
  connection.pragma('cache_spill = -16384');
  // Each commit of a group has a savepoint, whose pages would otherwise be written to a temporary file.
  connection.pragma('temp_store = MEMORY');
}
