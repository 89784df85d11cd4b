import type { AuditEvent, AuditLog } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

export interface SqliteAuditLog extends AuditLog {
  /** A realm's newest events, newest first. */
  newest(realm: string, count: number): Promise<readonly AuditEvent[]>;
}

/** Audit events on SQLite. */
export function createSqliteAuditLog(database: Database): SqliteAuditLog {
  const insert = database.prepare<[string, number, string, string]>(
    'INSERT INTO audit_events (realm, at, type, event) VALUES (?, ?, ?, ?)',
  );
  const select = database.prepare<[string, number], { readonly event: string }>(
    'SELECT event FROM audit_events WHERE realm = ? ORDER BY at DESC, id DESC LIMIT ?',
  );
  return {
    record: async (event) => {
      insert.run(event.realm, event.at, event.type, JSON.stringify(event));
    },
    newest: async (realm, count) => select.all(realm, count).map((row) => JSON.parse(row.event)),
  };
}
