/**
 * Statements of requests have neither ORDER BY nor JOIN beside parameters: this build of SQLite prepares such a statement again
 * for each call, which takes ten times as long as its rows. They name their index where SQLite, which has no statistics, would
 * read all rows of a realm.
 */

/** Parameters: realm, subject and time. */
export const LIST_OF = `
  SELECT * FROM grants INDEXED BY grants_by_subject
  WHERE realm = ? AND subject = ? AND ended_at IS NULL AND expires_at > ?`;

/** Parameters: realm, client, subject and time. */
export const LIST_OF_CLIENT = `
  SELECT * FROM grants INDEXED BY grants_by_client
  WHERE realm = ? AND client_id = ? AND subject = ? AND ended_at IS NULL AND expires_at > ?`;

/** Parameters: realm and hash. */
export const SELECT_TOKEN = 'SELECT * FROM refresh_tokens WHERE realm = ? AND hash = ?';

/** The grant of a family. Parameters: realm and hash of the family secret. */
export const SELECT_FAMILY = `
  SELECT grant_id FROM refresh_tokens INDEXED BY refresh_tokens_by_family WHERE realm = ? AND family_hash = ? LIMIT 1`;

/** A grant that has not ended. Parameters: realm and id. */
export const SELECT_LIVING = 'SELECT * FROM grants WHERE realm = ? AND id = ? AND ended_at IS NULL';

/** Deletes what of a family need not be stored. Parameters: realm, grant, and twice the hash of the presented token. */
export const FORGET_TOKENS = `
  DELETE FROM refresh_tokens INDEXED BY refresh_tokens_by_grant
  WHERE realm = ? AND grant_id = ? AND family_hash IS NOT NULL AND used_at IS NOT NULL
    AND hash <> ? AND successor_hash <> ?`;

/** Parameters: realm, client, time, last id of the page before, and limit. */
export const LIST_OF_ANY_PERSON = `
  SELECT * FROM grants INDEXED BY grants_by_client
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
