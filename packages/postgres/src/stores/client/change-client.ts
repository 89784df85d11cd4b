import type { Client, Instant } from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import { ASSIGNMENTS, NEXT_PARAMETER, parameterOf, toValues } from './client-columns.ts';

/**
 * Locks the client first. A statement that waited for it reads its newest version, or no row if it was deleted; so `found`
 * stays true until the statement ends, and the change applies to that version.
 */
const locked = (change: string, result = 'SELECT version FROM found'): string => `
  WITH found AS MATERIALIZED (
    SELECT realm, id, version FROM clients WHERE realm = $1 AND id = $2 FOR UPDATE
  ), changed AS (${change})
  ${result}`;

/** A client guards its fingerprint for as long as it has it. */
const REPLACE = locked(`
  UPDATE clients AS client SET ${ASSIGNMENTS},
    guards_fingerprint = CASE
      WHEN client.fingerprint = ${parameterOf('fingerprint')} THEN client.guards_fingerprint
    END
  FROM found
  WHERE client.realm = found.realm AND client.id = found.id AND found.version = ${NEXT_PARAMETER}`);

/** Without a version, also deletes what is kept of an expired client with the id. */
const REMOVE = locked(
  `
  DELETE FROM clients AS client USING found
  WHERE client.realm = found.realm AND client.id = found.id AND found.version = coalesce($3, found.version)`,
  `
  , forgotten AS (
    DELETE FROM expired_clients WHERE realm = $1 AND id = $2 AND $3::integer IS NULL RETURNING realm
  )
  SELECT (SELECT version FROM found) AS version, EXISTS (SELECT 1 FROM forgotten) AS forgotten`,
);

const TOUCH = `
  UPDATE clients SET last_used_at = $3, hibernated_at = NULL, version = version + 1 WHERE realm = $1 AND id = $2`;

interface Found {
  readonly version: number;
}

interface Removed {
  readonly version: number | null;
  readonly forgotten: boolean;
}

export async function replaceClient(
  database: Queryable,
  next: Client,
  expectedVersion: number,
): Promise<'replaced' | 'stale' | 'missing'> {
  const values = [...toValues({ ...next, version: expectedVersion + 1 }), expectedVersion];
  const { rows } = await database.query<Found>({ name: 'clients.replace', text: REPLACE, values });
  if (rows[0] === undefined) return 'missing';
  return rows[0].version === expectedVersion ? 'replaced' : 'stale';
}

/**
 * Removes a client, or what is kept of an expired one. A statement that waited while the client expired or was restored
 * finds it in neither table, because it reads both as of its beginning. A second statement finds it.
 */
export async function removeClient(
  database: Queryable,
  realm: string,
  id: string,
  expectedVersion?: number,
): Promise<'removed' | 'stale' | 'missing'> {
  const outcome = await removeOnce(database, realm, id, expectedVersion);
  if (outcome !== 'missing' || expectedVersion !== undefined) return outcome;
  return removeOnce(database, realm, id);
}

async function removeOnce(
  database: Queryable,
  realm: string,
  id: string,
  expectedVersion?: number,
): Promise<'removed' | 'stale' | 'missing'> {
  const values = [realm, id, expectedVersion ?? null];
  const { rows } = await database.query<Removed>({ name: 'clients.remove', text: REMOVE, values });
  const { version = null, forgotten = false } = rows[0] ?? {};
  if (version === null) return forgotten ? 'removed' : 'missing';
  return version === (expectedVersion ?? version) ? 'removed' : 'stale';
}

export async function touchClient(
  database: Queryable,
  realm: string,
  id: string,
  at: Instant,
): Promise<'touched' | 'missing'> {
  const { rowCount } = await database.query({ name: 'clients.touch', text: TOUCH, values: [realm, id, at] });
  return rowCount === 1 ? 'touched' : 'missing';
}
