import type { ReplayStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';

/** Used ids on SQLite. */
export const createSqliteReplayStore = ({ write }: SqliteDatabase): ReplayStore => ({
  note: (realm, key, expiresAt) => write('noteReplay', realm, key, expiresAt),
});
