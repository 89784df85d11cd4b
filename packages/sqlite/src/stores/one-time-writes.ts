import type { Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

/** Each kind of one-time value has its own table. */
export type OneTimeTable = 'codes' | 'pushed_requests' | 'finished_sign_ins';

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
    // Two statements: what an update returns would go through a temporary table.
    find: database.prepare<[string, string, number], { readonly value: string }>(
      `SELECT value FROM ${table} WHERE realm = ? AND key = ? AND taken_at IS NULL AND expires_at > ?`,
    ),
    take: database.prepare<[number, string, string]>(
      `UPDATE ${table} SET taken_at = ? WHERE realm = ? AND key = ?`,
    ),
  });
  const writes = {
    codes: writesOf('codes'),
    pushed_requests: writesOf('pushed_requests'),
    finished_sign_ins: writesOf('finished_sign_ins'),
  };
  return {
    putOnce: (table, realm, key, value, expiresAt) =>
      writes[table].insert.run(realm, key, value, expiresAt).changes === 1 ? 'stored' : 'exists',
    takeOnce: (table, realm, key, now) => {
      const { find, take } = writes[table];
      const found = find.get(realm, key, now);
      if (found !== undefined) take.run(now, realm, key);
      return found?.value;
    },
  };
}
