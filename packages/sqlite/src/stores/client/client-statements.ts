import { CLIENT_COLUMNS, type ClientRow, type DueKind } from '@vestibule/core';
import type { SqliteValue } from '../../database/statement.ts';

/** The columns that identify a client in a state; the others follow. */
const KEY = 3;

/** Adds a client. Does nothing if the realm has one with the id. Parameters: {@link valuesOf}. */
export const INSERT: string = `
  INSERT INTO clients (${CLIENT_COLUMNS.join(', ')}) VALUES (${CLIENT_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (realm, id) DO NOTHING`;

/**
 * A row, unless the realm has an unblocked client with the fingerprint that was registered after a time, or more active ones than
 * a number. Parameters: realm, fingerprint and time; realm and number.
 *
 * This is not a part of the insertion: SQLite would write the new row to a temporary table first, because the condition reads the
 * same table and because the table has triggers.
 */
export const HAS_ROOM = `
  SELECT 1 WHERE NOT EXISTS (
    SELECT 1 FROM clients WHERE realm = ? AND fingerprint = ? AND issued_at > ? AND blocked_at IS NULL
  ) AND coalesce((SELECT clients FROM active_clients WHERE realm = ?), 0) <= ?`;

/** Parameters: {@link changedValuesOf}. */
export const REPLACE: string = `
  UPDATE clients SET version = version + 1, ${CLIENT_COLUMNS.slice(KEY)
    .map((column) => `${column} = ?`)
    .join(', ')}
  WHERE realm = ? AND id = ? AND version = ?`;

/** The values of a row, in the order of its columns. */
export const valuesOf = (row: ClientRow): SqliteValue[] => CLIENT_COLUMNS.map((column) => row[column]);

/** The values of a row, the key last. */
export function changedValuesOf(row: ClientRow): SqliteValue[] {
  const values = valuesOf(row);
  return [...values.slice(KEY), ...values.slice(0, KEY)];
}

/** The clients with a fingerprint, in no order. Parameters: realm, fingerprint and time. */
export const SAME = `
  SELECT * FROM clients WHERE realm = ? AND fingerprint = ? AND issued_at > ? AND blocked_at IS NULL`;

/** Parameters: the largest result and realm. */
export const COUNT_AWAKE = 'SELECT min(clients, ?) AS count FROM active_clients WHERE realm = ?';

/** Parameters: realm and the largest result. */
export const COUNT_DOCUMENTS = `
  SELECT count(*) AS count FROM (
    SELECT 1 FROM clients WHERE realm = ? AND blocked_at IS NULL AND kind = 'metadata-document' LIMIT ?
  )`;

const due = (since: string, further: string): string => `
  SELECT * FROM clients
  WHERE realm = ? AND ${since} <= ? AND ${further} AND blocked_at IS NULL AND kind = 'dynamic'
  ORDER BY ${since}, id LIMIT ?`;

/** Parameters: realm, time and limit. */
export const DUE: Readonly<Record<DueKind, string>> = {
  unused: due('issued_at', 'last_used_at IS NULL'),
  dormant: due('last_used_at', 'hibernated_at IS NULL'),
  asleep: due('hibernated_at', 'hibernated_at IS NOT NULL'),
};

/** Parameters: realm, the later of the two times, the times for unused and for used ones, and limit. */
export const DOCUMENTS_DUE = `
  SELECT * FROM clients
  WHERE realm = ? AND coalesce(last_used_at, issued_at) <= ? AND blocked_at IS NULL AND kind = 'metadata-document'
    AND coalesce(last_used_at, issued_at) <= CASE WHEN last_used_at IS NULL THEN ? ELSE ? END
  ORDER BY coalesce(last_used_at, issued_at), id LIMIT ?`;

/** Replaces what was kept for the same id. */
export const KEEP_EXPIRED = `
  INSERT OR REPLACE INTO expired_clients (realm, id, client, expired_at) VALUES (@realm, @id, @client, @expired_at)`;

/** Deletes the oldest first: those that expired at or before `until`, and those beyond the newest `keep`; at most `limit`. */
export const FORGET_EXPIRED = `
  WITH counted AS (
    SELECT count(*) AS total, count(*) FILTER (WHERE expired_at <= @until) AS due
    FROM expired_clients WHERE realm = @realm
  )
  DELETE FROM expired_clients WHERE realm = @realm AND id IN (
    SELECT id FROM expired_clients WHERE realm = @realm ORDER BY expired_at, id
    LIMIT min(@limit, max((SELECT total FROM counted) - @keep, (SELECT due FROM counted)))
  )`;

/** The client that was registered last. */
export const newestOf = (rows: readonly ClientRow[]): ClientRow | undefined =>
  rows.length < 2 ? rows[0] : rows.toSorted((one, other) => other.issued_at - one.issued_at)[0];
