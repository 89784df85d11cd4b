import type { Rotation, RotationOutcome } from '@vestibule/server';
import type { Database } from '../../database/database.ts';
import type { Queryable } from '../../database/statement.ts';
import { isForgotten, settle } from './settle-grant.ts';

/**
 * The grant is the lock: `family` waits for its holder, and only a row of `family` lets `used` and the rest proceed. Under
 * READ COMMITTED, PostgreSQL checks the newest version of each row that a statement locks or changes after waiting. So a
 * grant that was ended meanwhile results in no `family`, a token that was used meanwhile is not `used`, and then nothing
 * changes. Everything else is read as of the beginning of the statement, which is harmless: a token never moves to another
 * grant. Under stricter isolation the statement fails and is retried.
 */
const ROTATE = `
  WITH family AS MATERIALIZED (
    SELECT realm, id FROM grants
    WHERE realm = $1 AND ended_at IS NULL AND expires_at > $3
      AND id = (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2)
    FOR UPDATE
  ), used AS (
    UPDATE refresh_tokens AS token SET used_at = $3, successor_hash = $4, successor_seed = $5
    FROM family
    WHERE token.realm = family.realm AND token.grant_id = family.id AND token.hash = $2
      AND token.used_at IS NULL AND token.expires_at > $3
    RETURNING token.realm, token.grant_id
  ), prolonged AS (
    UPDATE grants SET expires_at = $6 FROM used WHERE grants.realm = used.realm AND grants.id = used.grant_id
  ), forgotten AS (
    DELETE FROM refresh_tokens AS old USING used
    WHERE old.realm = used.realm AND old.grant_id = used.grant_id AND ${isForgotten('old', '$2')}
  )
  INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, family_hash)
  SELECT realm, $4, grant_id, $6, $7 FROM used`;

/**
 * Replaces a refresh token by its successor. The common case is one statement. A repetition, a replay or an invalid token
 * needs several rows to distinguish and is settled in a transaction. Nothing is lost between the two, because the conditions
 * that stopped the statement are permanent: used, ended and expired never change back.
 */
export async function rotate(
  database: Pick<Database, 'query' | 'transaction'>,
  rotation: Rotation,
): Promise<RotationOutcome> {
  if (await rotateAtOnce(database, rotation)) return { outcome: 'rotated' };
  return database.transaction((transaction) => settle(transaction, rotation));
}

async function rotateAtOnce(
  database: Queryable,
  { realm, presented, successor, now }: Rotation,
): Promise<boolean> {
  const { hash, seed, expiresAt, family = null } = successor;
  const values = [realm, presented.hash, now, hash, seed, expiresAt, family];
  try {
    return (await database.query({ name: 'grants.rotate', text: ROTATE, values })).rowCount === 1;
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw error;
  }
}

/** Some databases with the protocol of PostgreSQL do not allow changing a table twice in one statement. */
const isUnsupported = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '0A000';
