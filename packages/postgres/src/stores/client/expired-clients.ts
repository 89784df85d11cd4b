import type { DynamicClient, ExpiredClient, Instant, Page, PageRequest } from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import { toPage } from '../page.ts';
import { COLUMNS, PARAMETERS, toValues } from './client-columns.ts';
import { type ExpiredRow, toExpiredClient, toExpiredRow } from './expired-row.ts';

/** Locks the client first: `found` stays true until the statement ends. */
const EXPIRE = `
  WITH found AS MATERIALIZED (
    SELECT realm, id, version FROM clients WHERE realm = $1 AND id = $2 FOR UPDATE
  ), removed AS (
    DELETE FROM clients AS client USING found
    WHERE client.realm = found.realm AND client.id = found.id AND found.version = $5
    RETURNING client.realm, client.id
  ), kept AS (
    INSERT INTO expired_clients (realm, id, client, expired_at) SELECT realm, id, $3, $4 FROM removed
    ON CONFLICT (realm, id) DO UPDATE SET client = excluded.client, expired_at = excluded.expired_at
  )
  SELECT version FROM found`;

/** Deletes what was kept and adds the client: of concurrent statements only the one that deletes the row adds the client. */
const RESTORE = `
  WITH taken AS (
    DELETE FROM expired_clients WHERE realm = $1 AND id = $2
      AND NOT EXISTS (SELECT 1 FROM clients WHERE realm = $1 AND id = $2)
    RETURNING realm
  )
  INSERT INTO clients (${COLUMNS}) SELECT ${PARAMETERS} FROM taken`;

/** Deletes the oldest first: those that expired at or before `until`, and those beyond the newest `keep`; at most `limit`. */
const FORGET = `
  WITH counted AS MATERIALIZED (
    SELECT count(*) AS total, count(*) FILTER (WHERE expired_at <= $2) AS due FROM expired_clients WHERE realm = $1
  )
  DELETE FROM expired_clients WHERE realm = $1 AND id IN (
    SELECT id FROM expired_clients WHERE realm = $1 ORDER BY expired_at, id
    LIMIT least($4::bigint, greatest((SELECT total FROM counted) - $3::bigint, (SELECT due FROM counted)))
  )`;

export async function expireClient(
  database: Queryable,
  expired: ExpiredClient,
  expectedVersion: number,
): Promise<'expired' | 'stale' | 'missing'> {
  const { realm, id, client, expired_at: expiredAt } = toExpiredRow(expired);
  const { rows } = await database.query<{ readonly version: number }>({
    name: 'clients.expire',
    text: EXPIRE,
    values: [realm, id, client, expiredAt, expectedVersion],
  });
  if (rows[0] === undefined) return 'missing';
  return rows[0].version === expectedVersion ? 'expired' : 'stale';
}

export async function findExpired(
  database: Queryable,
  realm: string,
  id: string,
): Promise<ExpiredClient | undefined> {
  const { rows } = await database.query<ExpiredRow>({
    name: 'clients.find-expired',
    text: 'SELECT realm, id, client, expired_at FROM expired_clients WHERE realm = $1 AND id = $2',
    values: [realm, id],
    reads: true,
  });
  return rows[0] && toExpiredClient(rows[0]);
}

export async function listExpired(
  database: Queryable,
  realm: string,
  { after = '', limit }: PageRequest,
): Promise<Page<ExpiredClient>> {
  const { rows } = await database.query<ExpiredRow>({
    name: 'clients.list-expired',
    text: `
      SELECT realm, id, client, expired_at FROM expired_clients
      WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3`,
    values: [realm, after, limit + 1],
    reads: true,
  });
  return toPage(rows.map(toExpiredClient), limit, ({ id }) => id);
}

export async function restoreClient(
  database: Queryable,
  client: DynamicClient,
): Promise<'restored' | 'missing'> {
  const values = toValues({ ...client, version: 1 });
  const { rowCount } = await database.query({ name: 'clients.restore', text: RESTORE, values });
  return rowCount === 1 ? 'restored' : 'missing';
}

export async function forgetExpired(
  database: Queryable,
  realm: string,
  until: Instant,
  keep: number,
  limit: number,
): Promise<number> {
  const values = [realm, until, keep, limit];
  return (await database.query({ name: 'clients.forget-expired', text: FORGET, values })).rowCount;
}
