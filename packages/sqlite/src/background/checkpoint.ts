import type { Database } from 'better-sqlite3';

interface CheckpointRow {
  readonly log: number;
  readonly checkpointed: number;
}

/** So many pages in the log, and writers wait for a moment so that it can begin anew: 80 MB. */
const MAX_LOG_PAGES = 20_000;

/**
 * Moves what is in the write-ahead log into the file. Nobody waits for it; but where writers never pause, the log would
 * only grow, so then they are kept waiting for the little that came in meanwhile.
 *
 * @see {@link https://www.sqlite.org/wal.html#ckpt SQLite, Write-Ahead Logging: Checkpointing}
 */
export function checkpoint(database: Database): void {
  const passive = database.prepare<[], CheckpointRow>('PRAGMA wal_checkpoint(PASSIVE)').get();
  if (passive !== undefined && passive.log > MAX_LOG_PAGES) database.pragma('wal_checkpoint(RESTART)');
}
