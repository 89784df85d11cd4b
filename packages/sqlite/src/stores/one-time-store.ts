import type { OneTimeStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import type { OneTimeTable } from './one-time-writes.ts';

/** One-time values on SQLite. The key of a consumed value is stored until it expires. */
export function createSqliteOneTimeStore<T>(
  { prepare, write }: SqliteDatabase,
  table: OneTimeTable,
): OneTimeStore<T> {
  const select = prepare<[string, string, number], { readonly value: string }>(
    `SELECT value FROM ${table} WHERE realm = ? AND key = ? AND taken_at IS NULL AND expires_at > ?`,
  );
  return {
    put: (realm, key, value, expiresAt) =>
      write('putOnce', table, realm, key, JSON.stringify(value), expiresAt),
    find: async (realm, key, now) => {
      const row = select.get(realm, key, now);
      return row && JSON.parse(row.value);
    },
    take: async (realm, key, now) => {
      const value = await write('takeOnce', table, realm, key, now);
      return value === undefined ? undefined : JSON.parse(value);
    },
  };
}
