import type { Sweeper } from '@vestibule/core';
import type { SqliteDatabase } from '../database/database.ts';

const DAY = 86_400_000;

/** How long what is swept is stored. */
export interface SweeperOptions {
  /** How long audit events are stored, in days. @default 90 */
  readonly auditDays?: number;
}

/** Deletes expired rows of a SQLite database. Refresh tokens are also deleted with their grant. */
export function createSqliteSweeper(
  { write }: SqliteDatabase,
  { auditDays = 90 }: SweeperOptions = {},
): Sweeper {
  return { sweep: (now, limit) => write('sweep', now, now - auditDays * DAY, limit) };
}
