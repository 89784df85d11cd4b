import type { Instant } from '@vestibule/core';
import type { OneTimeStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from '../database/database.ts';

/** What may be used once has a table for each kind. */
export type OneTimeTable = 'codes' | 'pushed_requests';

export interface OneTimeWrites {
  readonly putOnce: (
    table: OneTimeTable,
    realm: string,
    key: string,
    value: string,
    expiresAt: Instant,
  ) => 'stored' | 'exists';
  readonly takeOnce: (table: OneTimeTable, realm: string, key: string, now: Instant) => string | undefined;
}

export function oneTimeWrites(database: Database): OneTimeWrites {
  const writesOf = (table: OneTimeTable) => ({
    insert: database.prepare<[string, string, string, number]>(
      `INSERT INTO ${table} (realm, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    take: database.prepare<[number, string, string, number], { readonly value: string }>(
      `UPDATE ${table} SET taken_at = ? WHERE realm = ? AND key = ? AND taken_at IS NULL AND expires_at > ? RETURNING value`,
    ),
  });
  const writes = { codes: writesOf('codes'), pushed_requests: writesOf('pushed_requests') };
  return {
    putOnce: (table, realm, key, value, expiresAt) =>
      writes[table].insert.run(realm, key, value, expiresAt).changes === 1 ? 'stored' : 'exists',
    takeOnce: (table, realm, key, now) => writes[table].take.get(now, realm, key, now)?.value,
  };
}

/** One-time values on SQLite. A value that was taken leaves its key behind until it expires. */
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
