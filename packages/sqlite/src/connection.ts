import type { Database } from 'better-sqlite3';

/** How every connection works, in every thread: a commit is on the disk when it returns, even if the power fails then. */
export function configure(connection: Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  // The background moves the log into the file, so that no commit has to.
  connection.pragma('wal_autocheckpoint = 0');
  connection.pragma('journal_size_limit = 67108864');
}
