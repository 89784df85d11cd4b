import type { DueKind } from '@vestibule/core';
import type { ClientRow } from './client-row.ts';

/** Every column of `clients` except the key and the version. */
const COLUMNS = [
  'name',
  'redirect_uris',
  'grant_types',
  'application_type',
  'scope',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'software_id',
  'software_version',
  'contacts',
  'translations',
  'issued_at',
  'bounds',
  'software_statement',
  'vouched_by',
  'initial_access_token_id',
  'registration_access_token_hash',
  'fingerprint',
  'last_used_at',
  'hibernated_at',
  'blocked_at',
  'kind',
  'preregistration',
  'document',
] as const satisfies readonly (keyof ClientRow)[];

const ALL = ['realm', 'id', 'version', ...COLUMNS];

export const INSERT: string = `INSERT INTO clients (${ALL.join(', ')}) VALUES (${ALL.map((column) => `@${column}`).join(', ')})`;

export const REPLACE: string = `
  UPDATE clients SET version = version + 1, ${COLUMNS.map((column) => `${column} = @${column}`).join(', ')}
  WHERE realm = @realm AND id = @id AND version = @version`;

/** The clients with a fingerprint, in no order. Parameters: realm, fingerprint and time. */
export const SAME = `
  SELECT * FROM clients WHERE realm = ? AND fingerprint = ? AND issued_at > ? AND blocked_at IS NULL`;

/** Parameters: the largest result and realm. */
export const COUNT_AWAKE = 'SELECT min(clients, ?) AS count FROM active_clients WHERE realm = ?';

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
