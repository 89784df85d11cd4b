import type { Instant, Sweeper } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

const DAY = 86_400_000;

export interface SweeperOptions {
  /** How long audit events are kept, in days. @default 90 */
  readonly auditDays?: number;
}

/** Deletes what has expired from a SQLite database. Refresh tokens go with their grant. */
export function createSqliteSweeper(database: Database, { auditDays = 90 }: SweeperOptions = {}): Sweeper {
  const expired = (table: string, key: string): string => `
    DELETE FROM ${table} WHERE (realm, ${key}) IN
      (SELECT realm, ${key} FROM ${table} WHERE expires_at <= @now LIMIT @limit)`;
  const statements = [
    expired('transactions', 'id'),
    expired('codes', 'key'),
    expired('sessions', 'hash'),
    expired('grants', 'id'),
    `DELETE FROM audit_events WHERE id IN
      (SELECT id FROM audit_events WHERE at <= @now - ${auditDays * DAY} LIMIT @limit)`,
  ].map((sql) => database.prepare<[{ readonly now: Instant; readonly limit: number }]>(sql));

  return {
    sweep: async (now, limit) =>
      statements.reduce((count, statement) => count + statement.run({ now, limit }).changes, 0),
  };
}
