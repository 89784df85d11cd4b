import type { AuditEvent, AuditTrail } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import type { SqliteDatabase } from '../database/database.ts';
import { toPage } from './page.ts';

interface EventRow {
  readonly at: number;
  readonly id: string;
  readonly event: string;
}

export interface AuditWrites {
  readonly recordEvent: (event: AuditEvent) => void;
}

export function auditWrites(database: Database): AuditWrites {
  const insert = database.prepare<[string, number, string, string, string]>(
    'INSERT INTO audit_events (realm, at, id, type, event) VALUES (?, ?, ?, ?, ?)',
  );
  const nextId = eventIds();
  return {
    recordEvent: (event) =>
      void insert.run(event.realm, event.at, nextId(), event.type, JSON.stringify(event)),
  };
}

/** Audit events on SQLite. */
export function createSqliteAuditLog({ prepare, write }: SqliteDatabase): AuditTrail {
  const select = prepare<[string, number, string, number], EventRow>(
    'SELECT at, id, event FROM audit_events WHERE realm = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?',
  );
  return {
    record: (event) => write('recordEvent', event),
    observe: () => Promise.resolve(),
    list: async (realm, { after = BEGINNING, limit }) => {
      const [, at = '', id = ''] = CURSOR.exec(after) ?? [];
      const rows = select.all(realm, Number(at), id, limit + 1);
      const { items, ...rest } = toPage(rows, limit, (row) => `${row.at}.${row.id}`);
      return { items: items.map((row) => JSON.parse(row.event)), ...rest };
    },
  };
}

/** Moment and id of the last event that was shown. */
const CURSOR = /^(\d+)\.(.*)$/;
const BEGINNING = `${Number.MAX_SAFE_INTEGER}.`;

/** Ids that tell events of one moment apart, and keep those of one process in order. */
function eventIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${count.toString(36).padStart(8, '0')}-${randomBytes(8).toString('base64url')}`;
  };
}
