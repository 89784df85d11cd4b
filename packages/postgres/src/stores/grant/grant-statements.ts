import { COLUMNS } from './grant-row.ts';

/**
 * Of a client, and of a person: the indexes of grants that have not ended are used by no other statements. Without them PostgreSQL,
 * as long as it has no statistics of the table, would find a grant by its id in the wrong one, by reading all grants of the realm.
 */
const OF_CLIENT = `length(client_id) >= 0 AND client_id`;
const OF_SUBJECT = `length(subject) >= 0 AND subject`;

/** Parameters: the values of a grant, and its expiry again. */
export const INSERT: string = `
  INSERT INTO grants (${COLUMNS}, sweep_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $8)
  ON CONFLICT DO NOTHING`;

/**
 * Opens a grant, with its first token if it is to have one. Parameters: realm, id, time, expiry, thumbprint of the proof key,
 * hash of the family secret, hash and expiry of the token; each of the last four can be null.
 */
export const OPEN: string = `
  WITH opened AS (
    UPDATE grants SET opened_at = $3, expires_at = $4, proof_key = coalesce($5, proof_key), family_hash = $6::text,
      token_hash = CASE WHEN $6 IS NOT NULL THEN $7::text END,
      token_expires_at = CASE WHEN $6 IS NOT NULL THEN $8::bigint END
    WHERE realm = $1 AND id = $2 AND opened_at IS NULL AND ended_at IS NULL
    RETURNING realm, id
  ), first_token AS (
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at)
    SELECT realm, $7, id, $8 FROM opened WHERE $6 IS NULL AND $7 IS NOT NULL
  )
  SELECT EXISTS (SELECT 1 FROM opened) AS opened,
    EXISTS (SELECT 1 FROM grants WHERE realm = $1 AND id = $2) AS known`;

/** Parameters: realm and id. */
export const SELECT: string = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND id = $2 AND opened_at IS NOT NULL AND ended_at IS NULL`;

/** Parameters: realm and id. */
export const SELECT_UNOPENED: string = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND id = $2 AND opened_at IS NULL AND ended_at IS NULL`;

/** In no order. Parameters: realm, subject and time. */
export const LIST_OF: string = `
  SELECT ${COLUMNS}, opened_at FROM grants
  WHERE realm = $1 AND ${OF_SUBJECT} = $2 AND ended_at IS NULL AND expires_at > $3`;

/** In no order. Parameters: realm, subject, time and client. */
export const LIST_OF_CLIENT: string = `
  SELECT ${COLUMNS}, opened_at FROM grants
  WHERE realm = $1 AND ${OF_CLIENT} = $4 AND subject = $2 AND ended_at IS NULL AND expires_at > $3`;

/**
 * An empty cursor is the beginning: ids are not empty. Parameters: realm, client, time, last id of the page before, and
 * limit.
 */
export const LIST_OF_ANY_PERSON: string = `
  SELECT ${COLUMNS}, opened_at FROM grants
  WHERE realm = $1 AND ${OF_CLIENT} = $2 AND ended_at IS NULL AND expires_at > $3 AND id > $4
  ORDER BY id LIMIT $5`;

/** Parameters: realm, time, and limit or null. */
export const LIST_ENDED = 'SELECT id FROM grants WHERE realm = $1 AND ended_at >= $2 LIMIT $3';

/** The grant of a family, unless it has ended. Parameters: realm and hash of the family secret. */
export const SELECT_OF_FAMILY: string = `
  SELECT ${COLUMNS} FROM grants WHERE realm = $1 AND family_hash = $2 AND ended_at IS NULL`;

/** The grant of a token without a family secret, unless it has ended. Parameters: realm and hash. */
export const SELECT_OF_TOKEN: string = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND ended_at IS NULL
    AND id = (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2)`;

/** Parameters: realm, id and time. */
export const END: string = `
  UPDATE grants SET ended_at = $3
  WHERE realm = $1 AND id = $2 AND opened_at IS NOT NULL AND ended_at IS NULL RETURNING ${COLUMNS}`;

/** Ends the grant of a token. Parameters: realm, hash, hash of the family secret or null, and time. */
export const END_OF_TOKEN: string = `
  UPDATE grants SET ended_at = $4
  WHERE realm = $1 AND ended_at IS NULL AND expires_at > $4
    AND id = coalesce(
      (SELECT id FROM grants WHERE realm = $1 AND family_hash = $3 LIMIT 1),
      (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2)
    )`;

/** Parameters: realm, subject, client and time. */
export const END_OF: string = `
  UPDATE grants SET ended_at = $4
  WHERE realm = $1 AND ${OF_CLIENT} = $3 AND subject = $2 AND ended_at IS NULL AND expires_at > $4 RETURNING id`;

/** Parameters: realm, client and time. */
export const END_ALL: string = `UPDATE grants SET ended_at = $3 WHERE realm = $1 AND ${OF_CLIENT} = $2 AND ended_at IS NULL`;
