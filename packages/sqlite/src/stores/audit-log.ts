import type { AuditTrail } from '@vestibule/core';
import type { SqliteDatabase } from '../database/database.ts';
import { toPage } from './page.ts';

interface EventRow {
  readonly at: number;
  readonly id: string;
  readonly event: string;
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

/** The time and id of the last returned event. */
const CURSOR = /^(\d+)\.(.*)$/;

const BEGINNING = `${Number.MAX_SAFE_INTEGER}.`;
