import type { Instant } from '@vestibule/core';
import type { OneTimeStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from './database.ts';

export interface OneTimeWrites {
  readonly putCode: (realm: string, key: string, value: string, expiresAt: Instant) => 'stored' | 'exists';
  readonly takeCode: (realm: string, key: string, now: Instant) => string | undefined;
}

export function oneTimeWrites(database: Database): OneTimeWrites {
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT INTO codes (realm, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const take = database.prepare<[number, string, string, number], { readonly value: string }>(
    'UPDATE codes SET taken_at = ? WHERE realm = ? AND key = ? AND taken_at IS NULL AND expires_at > ? RETURNING value',
  );
  return {
    putCode: (realm, key, value, expiresAt) =>
      insert.run(realm, key, value, expiresAt).changes === 1 ? 'stored' : 'exists',
    takeCode: (realm, key, now) => take.get(now, realm, key, now)?.value,
  };
}

/** One-time values on SQLite. A value that was taken leaves its key behind until it expires. */
export function createSqliteOneTimeStore<T>({ write }: SqliteDatabase): OneTimeStore<T> {
  return {
    put: (realm, key, value, expiresAt) => write('putCode', realm, key, JSON.stringify(value), expiresAt),
    take: async (realm, key, now) => {
      const value = await write('takeCode', realm, key, now);
      return value === undefined ? undefined : JSON.parse(value);
    },
  };
}
