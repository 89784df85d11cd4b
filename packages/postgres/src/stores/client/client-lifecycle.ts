import type { DueKind, DynamicClient, Instant } from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import { COLUMNS } from './client-columns.ts';
import { type DynamicRow, toDynamicClient } from './client-row.ts';

const COUNT_AWAKE = 'SELECT least(clients, $2) AS count FROM active_clients WHERE realm = $1';

/** Each kind has an index that contains exactly its rows in this order. */
const selectDue = (time: string, condition: string): string => `
  SELECT ${COLUMNS} FROM clients
  WHERE realm = $1 AND ${time} <= $2 AND ${condition} AND blocked_at IS NULL AND kind = 'dynamic'
  ORDER BY ${time} LIMIT $3`;

const SELECT_DUE: Readonly<Record<DueKind, string>> = {
  unused: selectDue('issued_at', 'last_used_at IS NULL'),
  dormant: selectDue('last_used_at', 'hibernated_at IS NULL'),
  asleep: selectDue('hibernated_at', 'hibernated_at IS NOT NULL'),
};

export async function countAwake(database: Queryable, realm: string, atMost: number): Promise<number> {
  const { rows } = await database.query<{ readonly count: number }>({
    name: 'clients.count-awake',
    text: COUNT_AWAKE,
    values: [realm, atMost],
    reads: true,
  });
  return rows[0]?.count ?? 0;
}

export async function findDue(
  database: Queryable,
  realm: string,
  kind: DueKind,
  until: Instant,
  limit: number,
): Promise<readonly DynamicClient[]> {
  const { rows } = await database.query<DynamicRow>({
    name: `clients.find-${kind}`,
    text: SELECT_DUE[kind],
    values: [realm, until, limit],
    reads: true,
  });
  return rows.map(toDynamicClient);
}
