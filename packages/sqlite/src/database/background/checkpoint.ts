import type { Database } from 'better-sqlite3';

interface CheckpointRow {
  readonly busy: number;
  /** Pages in the log. */
  readonly log: number;
  /** How many of them are in the database file. */
  readonly checkpointed: number;
}

/** The size of the log in pages from which it is restarted: 80 MB. */
export const MAX_LOG_PAGES = 20_000;

/** How long writers can be blocked for that, in milliseconds. */
const PATIENCE = 50;

/**
 * Copies the write-ahead log into the database file without blocking. If writers never pause, the log would only grow, so a
 * large one blocks them for the small remainder. A long reader, for example a backup, keeps the log: then it grows until the
 * reader ends, and no writer is blocked.
 *
 * @see {@link https://www.sqlite.org/wal.html#ckpt SQLite, Write-Ahead Logging: Checkpointing}
 */
export function checkpoint(database: Database, maxLogPages: number = MAX_LOG_PAGES): void {
  const run = (mode: 'PASSIVE' | 'RESTART'): CheckpointRow | undefined =>
    database.prepare<[], CheckpointRow>(`PRAGMA wal_checkpoint(${mode})`).get();
  const moved = run('PASSIVE');
  const isHeldBack = moved === undefined || moved.checkpointed < moved.log;
  if (isHeldBack || moved.log <= maxLogPages) return;
  const patience = database.pragma('busy_timeout', { simple: true });
  database.pragma(`busy_timeout = ${PATIENCE}`);
  run('RESTART');
  database.pragma(`busy_timeout = ${String(patience)}`);
}
