import type { Database } from 'better-sqlite3';

interface CheckpointRow {
  readonly busy: number;
  /** Pages in the log. */
  readonly log: number;
  /** How many of them are in the file now. */
  readonly checkpointed: number;
}

/** So many pages in the log, and it is made to begin anew: 80 MB. */
export const MAX_LOG_PAGES = 20_000;

/** How long writers may be kept waiting for that, in milliseconds. */
const PATIENCE = 50;

/**
 * Moves what is in the write-ahead log into the file. Nobody waits for it; but where writers never pause, the log would
 * only grow, so then they are kept waiting for the little that came in meanwhile. Whoever reads an older state, a backup
 * for one, holds the log back: then it grows until they are done, and nobody waits.
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
