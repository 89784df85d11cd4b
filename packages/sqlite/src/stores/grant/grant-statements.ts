import { COLUMNS } from './grant-row.ts';

/**
 * Statements of requests have neither ORDER BY nor JOIN beside parameters: this build of SQLite prepares such a statement again
 * for each call, which takes ten times as long as its rows. They name their index where SQLite, which has no statistics, would
 * read all rows of a realm.
 */

/** Parameters: realm, subject and time. */
export const LIST_OF: string = `
  SELECT ${COLUMNS}, opened_at FROM grants INDEXED BY grants_by_subject
  WHERE realm = ? AND subject = ? AND ended_at IS NULL AND expires_at > ?`;

/** Parameters: realm, client, subject and time. */
export const LIST_OF_CLIENT: string = `
  SELECT ${COLUMNS}, opened_at FROM grants INDEXED BY grants_by_client
  WHERE realm = ? AND client_id = ? AND subject = ? AND ended_at IS NULL AND expires_at > ?`;

/** A token without a family secret. Parameters: realm and hash. */
export const SELECT_TOKEN = 'SELECT * FROM refresh_tokens WHERE realm = ? AND hash = ?';

/** The condition of the grant of a family, unless it has ended. */
const LIVING_FAMILY = 'realm = ? AND family_hash = ? AND ended_at IS NULL';

/** The grant of a family, unless it has ended. Parameters: realm and hash of the family secret. */
export const SELECT_OF_FAMILY: string = `
  SELECT ${COLUMNS} FROM grants INDEXED BY grants_by_family WHERE ${LIVING_FAMILY}`;

/** A grant that has not ended. Parameters: realm and id. */
export const SELECT_LIVING: string = `SELECT ${COLUMNS} FROM grants WHERE realm = ? AND id = ? AND ended_at IS NULL`;

/** The tokens of a family whose grant has not ended. Parameters: realm and hash of the family secret. */
export const SELECT_FAMILY: string = `
  SELECT * FROM grants INDEXED BY grants_by_family WHERE ${LIVING_FAMILY}`;

/**
 * Replaces the newest token of a family, if it is the presented one and neither it nor the grant has expired. Changes one row
 * and no index. Parameters: time, seed, hash and expiry of the successor, its expiry again; realm, hash of the family secret,
 * presented hash, and twice the time.
 */
export const ROTATE: string = `
  UPDATE grants INDEXED BY grants_by_family SET
    oldest_hash = previous_hash, oldest_expires_at = previous_expires_at,
    oldest_used_at = previous_used_at, oldest_seed = previous_seed,
    previous_hash = token_hash, previous_expires_at = token_expires_at, previous_used_at = ?, previous_seed = ?,
    token_hash = ?, token_expires_at = ?, expires_at = ?
  WHERE ${LIVING_FAMILY}
    AND token_hash = ? AND token_expires_at > ? AND expires_at > ?`;

/** Parameters: realm, client, time, last id of the page before, and limit. */
export const LIST_OF_ANY_PERSON: string = `
  SELECT ${COLUMNS}, opened_at FROM grants INDEXED BY grants_by_client
  WHERE realm = ? AND client_id = ? AND ended_at IS NULL AND expires_at > ? AND id > ?
  ORDER BY id LIMIT ?`;

/** Parameters: realm, time and limit; -1 is unlimited. */
export const LIST_ENDED = 'SELECT id FROM grants WHERE realm = ? AND ended_at >= ? LIMIT ?';

/** Parameters: time, realm, client, subject and time. */
export const END_OF = `
  UPDATE grants INDEXED BY grants_by_client SET ended_at = ?
  WHERE realm = ? AND client_id = ? AND subject = ? AND ended_at IS NULL AND expires_at > ? RETURNING id`;

/** Parameters: time, realm and client. */
export const END_ALL = `
  UPDATE grants INDEXED BY grants_by_client SET ended_at = ? WHERE realm = ? AND client_id = ? AND ended_at IS NULL`;
