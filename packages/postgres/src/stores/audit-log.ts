import type { AuditTrail } from '@vestibule/core';
import { randomBytes } from 'node:crypto';
import type { Queryable } from '../database/statement.ts';
import { toPage } from './page.ts';

interface EventRow {
  readonly id: string;
  readonly at: number;
  readonly event: string;
}

/** Random: events of the same time have a stable order without a meaning. */
export const newEventId = (): string => randomBytes(16).toString('base64url');

const INSERT = 'INSERT INTO audit_events (id, realm, at, type, event) VALUES ($1, $2, $3, $4, $5)';

const SELECT_PAGE = `
  SELECT id, at, event FROM audit_events
  WHERE realm = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4`;

/** Audit events on PostgreSQL. */
export function createPostgresAuditLog(database: Queryable): AuditTrail {
  return {
    record: async (event) => {
      const values = [newEventId(), event.realm, event.at, event.type, JSON.stringify(event)];
      await database.query({ name: 'audit.record', text: INSERT, values });
    },
    observe: () => Promise.resolve(),
    list: async (realm, { after = `${Number.MAX_SAFE_INTEGER}.`, limit }) => {
      const [at = '', id = ''] = after.split('.');
      if (!Number.isSafeInteger(Number(at))) return { items: [] };
      const { rows } = await database.query<EventRow>({
        name: 'audit.list',
        text: SELECT_PAGE,
        values: [realm, Number(at), id, limit + 1],
        reads: true,
      });
      const { items, ...rest } = toPage(rows, limit, (row) => `${row.at}.${row.id}`);
      return { items: items.map((row) => JSON.parse(row.event)), ...rest };
    },
  };
}
