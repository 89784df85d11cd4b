import type { ReplayStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';

/** Used ids on SQLite. */
export function createSqliteReplayStore({ prepare, write }: SqliteDatabase): ReplayStore {
  const select = prepare<[string, string], unknown>('SELECT 1 FROM replays WHERE realm = ? AND key = ?');
  return {
    note: (realm, key, expiresAt) => write('noteReplay', realm, key, expiresAt),
    has: async (realm, key) => select.get(realm, key) !== undefined,
  };
}
