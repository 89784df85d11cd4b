import type { Database } from 'better-sqlite3';

interface CheckpointRow {
  readonly busy: number;
  /** Pages in the log. */
  readonly log: number;
  /** How many of them are in the database file. */
  readonly checkpointed: number;
}

/** The size of the log in pages from which it is restarted: 32 MB, half of what the file of the log keeps. */
export const MAX_LOG_PAGES = 8_000;

/** What writers may be made to wait for, as a part of the largest log. */
const REMAINDER = 0.1;

/** How long writers can be blocked for that, in milliseconds. */
const PATIENCE = 50;

/**
 * Copies the write-ahead log into the database file without blocking. If writers never pause, the log would only grow, so a
 * large one blocks them for a small remainder. A long reader, for example a backup, keeps the log: then it grows until the
 * reader ends, and no writer is blocked.
 *
 * @see {@link https://www.sqlite.org/wal.html#ckpt SQLite, Write-Ahead Logging: Checkpointing}
 */
export function checkpoint(database: Database, maxLogPages: number = MAX_LOG_PAGES): void {
  const run = (mode: 'PASSIVE' | 'RESTART'): CheckpointRow | undefined =>
    database.prepare<[], CheckpointRow>(`PRAGMA wal_checkpoint(${mode})`).get();
  if ((run('PASSIVE')?.log ?? 0) <= maxLogPages) return;
  // Copies what was written during the first run. A transaction in progress keeps the pages before it, as a reader does.
  const moved = run('PASSIVE');
  if (moved === undefined || moved.log - moved.checkpointed > maxLogPages * REMAINDER) return;
  const patience = database.pragma('busy_timeout', { simple: true });
  database.pragma(`busy_timeout = ${PATIENCE}`);
  run('RESTART');
  database.pragma(`busy_timeout = ${String(patience)}`);
}
