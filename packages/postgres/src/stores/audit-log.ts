import type { AuditTrail } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import { randomBytes } from 'node:crypto';
import type { Queryable, Value } from '../database/statement.ts';
import { toPage } from './page.ts';

interface EventRow {
  readonly id: string;
  readonly at: number;
  readonly event: string;
}

/**
 * Records events as a part of a statement with another change: those of {@link eventValues}, whose parameters begin at
 * `first`, if `change` has a row.
 */
export const insertEvents = (change: string, first: number): string => `
  INSERT INTO audit_events (id, realm, at, type, event)
  SELECT event.* FROM ${change}, unnest(
    $${first}::text[], $${first + 1}::text[], $${first + 2}::bigint[], $${first + 3}::text[], $${first + 4}::text[]
  ) AS event`;

/** The parameters of {@link insertEvents}: a list for each column. */
export const eventValues = (events: readonly AuditEvent[]): readonly Value[] => [
  events.map(() => newId()),
  events.map(({ realm }) => realm),
  events.map(({ at }) => at),
  events.map(({ type }) => type),
  events.map((event) => JSON.stringify(event)),
];

const newId = (): string => randomBytes(16).toString('base64url');

const INSERT = 'INSERT INTO audit_events (id, realm, at, type, event) VALUES ($1, $2, $3, $4, $5)';

const SELECT_PAGE = `
  SELECT id, at, event FROM audit_events
  WHERE realm = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4`;

/** Audit events on PostgreSQL. Their ids are random: events of the same time have a stable order without a meaning. */
export function createPostgresAuditLog(database: Queryable): AuditTrail {
  return {
    record: async (event) => {
      const values = [newId(), event.realm, event.at, event.type, JSON.stringify(event)];
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
