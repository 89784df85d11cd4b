import type { Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

const DAY = 86_400_000;

/** How long a grant that was never opened, or has no living token, is kept to recognise a code that comes back. */
const GRANT_RETENTION = DAY;

export interface Sweeper {
  /**
   * Deletes what has expired, at most `limit` rows of each kind, and says how many rows went. Call it again while
   * it returns something: each call holds up writers only briefly.
   */
  sweep(now: Instant, limit?: number): number;
}

export function createSweeper(database: Database): Sweeper {
  const expired = (table: string, key: string): string => `
    DELETE FROM ${table} WHERE (realm, ${key}) IN
      (SELECT realm, ${key} FROM ${table} WHERE expires_at <= @now LIMIT @limit)`;
  const statements = [
    expired('transactions', 'id'),
    expired('codes', 'key'),
    expired('sessions', 'hash'),
    expired('refresh_tokens', 'hash'),
    `DELETE FROM grants WHERE (realm, id) IN
      (SELECT realm, id FROM grants WHERE created_at <= @now - ${GRANT_RETENTION} AND NOT EXISTS
        (SELECT 1 FROM refresh_tokens WHERE refresh_tokens.realm = grants.realm AND grant_id = grants.id)
      LIMIT @limit)`,
  ].map((sql) => database.prepare<[{ now: Instant; limit: number }]>(sql));

  return {
    sweep: (now, limit = 500) =>
      statements.reduce((count, statement) => count + statement.run({ now, limit }).changes, 0),
  };
}
