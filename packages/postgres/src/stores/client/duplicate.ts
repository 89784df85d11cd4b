import type { Client, Instant } from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import { COLUMNS } from './client-columns.ts';
import { type ClientRow, toClient } from './client-row.ts';

interface Parameters {
  readonly realm: string;
  readonly fingerprint: string;
  readonly since: string;
}

/** The newest client of a fingerprint that counts. */
export const selectSame = ({ realm, fingerprint, since }: Parameters): string => `
  SELECT ${COLUMNS} FROM clients
  WHERE realm = ${realm} AND fingerprint = ${fingerprint} AND issued_at > ${since} AND blocked_at IS NULL
  ORDER BY issued_at DESC LIMIT 1`;

const SELECT = selectSame({ realm: '$1', fingerprint: '$2', since: '$3' });

export async function findDuplicate(
  database: Queryable,
  realm: string,
  fingerprint: string,
  since: Instant,
): Promise<Client | undefined> {
  const { rows } = await database.query<ClientRow>({
    name: 'clients.find-same',
    text: SELECT,
    values: [realm, fingerprint, since],
    reads: true,
  });
  return rows[0] && toClient(rows[0]);
}
