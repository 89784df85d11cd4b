import type { OneTimeStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

/** One-time values on SQLite. A value that was taken leaves its key behind until it expires. */
export function createSqliteOneTimeStore<T>(database: Database): OneTimeStore<T> {
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT INTO codes (realm, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const take = database.prepare<[number, string, string, number], { readonly value: string }>(
    'UPDATE codes SET taken_at = ? WHERE realm = ? AND key = ? AND taken_at IS NULL AND expires_at > ? RETURNING value',
  );
  return {
    put: async (realm, key, value, expiresAt) =>
      insert.run(realm, key, JSON.stringify(value), expiresAt).changes === 1 ? 'stored' : 'exists',
    take: async (realm, key, now) => {
      const row = take.get(now, realm, key, now);
      return row && JSON.parse(row.value);
    },
  };
}
