import { type Client, CLIENT_COLUMNS, type ClientRow, type DueKind, toClientRow } from '@vestibule/core';
import type { Value } from '../../database/statement.ts';

const COLUMNS: string = CLIENT_COLUMNS.join(', ');

/** The parameter of a column in a statement that begins with {@link toValues}. */
const parameterOf = (column: keyof ClientRow): string => `$${CLIENT_COLUMNS.indexOf(column) + 1}`;

/** The first parameter after {@link toValues}. */
const NEXT = `$${CLIENT_COLUMNS.length + 1}`;

const PARAMETERS = CLIENT_COLUMNS.map(parameterOf).join(', ');

/** Sets everything except the key. */
const ASSIGNMENTS = CLIENT_COLUMNS.slice(2)
  .map((column) => `${column} = ${parameterOf(column)}`)
  .join(', ');

/** The values of a client, in the order of its columns. */
export function toValues(client: Client): readonly Value[] {
  const row = toClientRow(client);
  return CLIENT_COLUMNS.map((column) => row[column]);
}

/** Parameters: realm and id. */
export const SELECT: string = `SELECT ${COLUMNS} FROM clients WHERE realm = $1 AND id = $2`;

/** Parameters: realm, last id of the page before, and limit. */
export const SELECT_PAGE: string = `SELECT ${COLUMNS} FROM clients WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3`;

interface Parameters {
  readonly realm: string;
  readonly fingerprint: string;
  readonly since: string;
}

/** The newest client of a fingerprint that counts. */
const selectSame = ({ realm, fingerprint, since }: Parameters): string => `
  SELECT ${COLUMNS} FROM clients
  WHERE realm = ${realm} AND fingerprint = ${fingerprint} AND issued_at > ${since} AND blocked_at IS NULL
  ORDER BY issued_at DESC LIMIT 1`;

/** Parameters: realm, fingerprint and time. */
export const SAME: string = selectSame({ realm: '$1', fingerprint: '$2', since: '$3' });

/** Parameters: realm and the largest result. */
export const COUNT_AWAKE = 'SELECT least(clients, $2) AS count FROM active_clients WHERE realm = $1';

/** Parameters: realm and the largest result. */
export const COUNT_DOCUMENTS = `
  SELECT count(*)::integer AS count FROM (
    SELECT 1 FROM clients WHERE realm = $1 AND blocked_at IS NULL AND kind = 'metadata-document' LIMIT $2
  ) AS counted`;

/** Each kind has an index that contains exactly its rows in this order. */
const due = (time: string, condition: string): string => `
  SELECT ${COLUMNS} FROM clients
  WHERE realm = $1 AND ${time} <= $2 AND ${condition} AND blocked_at IS NULL AND kind = 'dynamic'
  ORDER BY ${time} LIMIT $3`;

/** Parameters: realm, time and limit. */
export const DUE: Readonly<Record<DueKind, string>> = {
  unused: due('issued_at', 'last_used_at IS NULL'),
  dormant: due('last_used_at', 'hibernated_at IS NULL'),
  asleep: due('hibernated_at', 'hibernated_at IS NOT NULL'),
};

/** Parameters: {@link toValues}. */
export const INSERT: string = `INSERT INTO clients (${COLUMNS}) VALUES (${PARAMETERS}) ON CONFLICT DO NOTHING`;

/**
 * The statement does not see concurrent commits, but an added client guards the fingerprint, of which a unique index allows
 * one. A second statement waits for the first, and then adds and returns no row. Parameters: {@link toValues} and time.
 */
export const INSERT_UNLESS_SAME: string = `
  WITH taken AS MATERIALIZED (
    SELECT ${COLUMNS} FROM clients WHERE realm = ${parameterOf('realm')} AND id = ${parameterOf('id')}
  ), same AS MATERIALIZED (
    ${selectSame({ realm: parameterOf('realm'), fingerprint: parameterOf('fingerprint'), since: NEXT })}
  ), inserted AS (
    INSERT INTO clients (${COLUMNS}, guards_fingerprint)
    SELECT ${PARAMETERS}, true WHERE NOT EXISTS (SELECT 1 FROM same)
    ON CONFLICT DO NOTHING RETURNING ${COLUMNS}
  )
  SELECT 'inserted' AS outcome, ${COLUMNS} FROM inserted
  UNION ALL SELECT 'exists', ${COLUMNS} FROM taken
  UNION ALL SELECT 'coalesced', ${COLUMNS} FROM same WHERE NOT EXISTS (SELECT 1 FROM taken)`;

/** A client that no longer counts gives up the fingerprint. Parameters: realm, fingerprint and time. */
export const MAKE_WAY: string = `
  UPDATE clients SET guards_fingerprint = NULL
  WHERE realm = $1 AND fingerprint = $2 AND guards_fingerprint AND (issued_at <= $3 OR blocked_at IS NOT NULL)`;

/**
 * Locks the client first. A statement that waited for it reads its newest version, or no row if it was deleted; so `found`
 * stays true until the statement ends, and the change applies to that version.
 */
const locked = (change: string, result = 'SELECT version FROM found'): string => `
  WITH found AS MATERIALIZED (
    SELECT realm, id, version FROM clients WHERE realm = $1 AND id = $2 FOR UPDATE
  ), ${change}
  ${result}`;

/** A client guards its fingerprint for as long as it has it. Parameters: {@link toValues} and the version before. */
export const REPLACE: string = locked(`changed AS (
    UPDATE clients AS stored SET ${ASSIGNMENTS},
      guards_fingerprint = CASE
        WHEN stored.fingerprint = ${parameterOf('fingerprint')} THEN stored.guards_fingerprint
      END
    FROM found
    WHERE stored.realm = found.realm AND stored.id = found.id AND found.version = ${NEXT}
  )`);

/**
 * Without a version, also deletes what is kept of an expired client with the id. Parameters: realm, id, and version or null.
 */
export const REMOVE: string = locked(
  `removed AS (
    DELETE FROM clients AS stored USING found
    WHERE stored.realm = found.realm AND stored.id = found.id AND found.version = coalesce($3, found.version)
  ), forgotten AS (
    DELETE FROM expired_clients WHERE realm = $1 AND id = $2 AND $3::integer IS NULL RETURNING realm
  )`,
  'SELECT (SELECT version FROM found) AS version, EXISTS (SELECT 1 FROM forgotten) AS forgotten',
);

/** Parameters: realm, id and time. */
export const TOUCH: string = `
  UPDATE clients SET last_used_at = $3, hibernated_at = NULL, version = version + 1 WHERE realm = $1 AND id = $2`;

const EXPIRED_COLUMNS = 'realm, id, client, expired_at';

/** Parameters: realm and id. */
export const SELECT_EXPIRED: string = `SELECT ${EXPIRED_COLUMNS} FROM expired_clients WHERE realm = $1 AND id = $2`;

/** Parameters: realm, last id of the page before, and limit. */
export const SELECT_EXPIRED_PAGE: string = `
  SELECT ${EXPIRED_COLUMNS} FROM expired_clients WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3`;

/** Replaces what was kept for the same id. Parameters: realm, id, record, time and version. */
export const EXPIRE: string = locked(`removed AS (
    DELETE FROM clients AS stored USING found
    WHERE stored.realm = found.realm AND stored.id = found.id AND found.version = $5
    RETURNING stored.realm, stored.id
  ), kept AS (
    INSERT INTO expired_clients (${EXPIRED_COLUMNS}) SELECT realm, id, $3, $4 FROM removed
    ON CONFLICT (realm, id) DO UPDATE SET client = excluded.client, expired_at = excluded.expired_at
  )`);

/**
 * Deletes what was kept and adds the client: of concurrent statements only the one that deletes the row adds the client.
 * Parameters: {@link toValues}.
 */
export const RESTORE: string = `
  WITH taken AS (
    DELETE FROM expired_clients WHERE realm = $1 AND id = $2
      AND NOT EXISTS (SELECT 1 FROM clients WHERE realm = $1 AND id = $2)
    RETURNING realm
  )
  INSERT INTO clients (${COLUMNS}) SELECT ${PARAMETERS} FROM taken`;

/**
 * Deletes the oldest first: those that expired at or before a time, and those beyond the newest; at most the limit.
 * Parameters: realm, time, how many to keep, and limit.
 */
export const FORGET_EXPIRED: string = `
  WITH counted AS MATERIALIZED (
    SELECT count(*) AS total, count(*) FILTER (WHERE expired_at <= $2) AS due FROM expired_clients WHERE realm = $1
  )
  DELETE FROM expired_clients WHERE realm = $1 AND id IN (
    SELECT id FROM expired_clients WHERE realm = $1 ORDER BY expired_at, id
    LIMIT least($4::bigint, greatest((SELECT total FROM counted) - $3::bigint, (SELECT due FROM counted)))
  )`;

/** Parameters: realm, the later of the two times, the times for unused and for used ones, and limit. */
export const DOCUMENTS_DUE: string = `
  SELECT ${COLUMNS} FROM clients
  WHERE realm = $1 AND coalesce(last_used_at, issued_at) <= $2 AND blocked_at IS NULL AND kind = 'metadata-document'
    AND coalesce(last_used_at, issued_at) <= CASE WHEN last_used_at IS NULL THEN $3::bigint ELSE $4 END
  ORDER BY coalesce(last_used_at, issued_at), id LIMIT $5`;
