/** The token of the family of a grant that a condition is true for: values of these columns of its row. */
const tokenOf = (columns: string, condition: string): string => `(
    SELECT ${columns} FROM refresh_tokens AS token
    WHERE token.realm = grants.realm AND token.grant_id = grants.id AND token.family_hash IS NOT NULL AND ${condition}
    LIMIT 1
  )`;

/**
 * What a refresh writes, made small: one row, and no index.
 *
 * The tokens of a family are in the row of their grant, which a refresh changes anyway. The sweeper looks at a grant when
 * `sweep_at` has come, and moves it on if the grant was prolonged, so that no refresh moves an entry of the index.
 *
 * Tokens without a family secret stay in `refresh_tokens`.
 */
export const FAMILIES_IN_GRANTS: string = `
  ALTER TABLE grants ADD COLUMN family_hash TEXT;
  ALTER TABLE grants ADD COLUMN token_hash TEXT;
  ALTER TABLE grants ADD COLUMN token_expires_at INTEGER;
  ALTER TABLE grants ADD COLUMN previous_hash TEXT;
  ALTER TABLE grants ADD COLUMN previous_expires_at INTEGER;
  ALTER TABLE grants ADD COLUMN previous_used_at INTEGER;
  ALTER TABLE grants ADD COLUMN previous_seed TEXT;
  ALTER TABLE grants ADD COLUMN oldest_hash TEXT;
  ALTER TABLE grants ADD COLUMN oldest_expires_at INTEGER;
  ALTER TABLE grants ADD COLUMN oldest_used_at INTEGER;
  ALTER TABLE grants ADD COLUMN oldest_seed TEXT;
  ALTER TABLE grants ADD COLUMN sweep_at INTEGER NOT NULL DEFAULT 0;
  DROP INDEX grants_by_expiry;

  UPDATE grants SET sweep_at = expires_at, family_hash = ${tokenOf('family_hash', 'TRUE')};
  UPDATE grants SET (token_hash, token_expires_at) = ${tokenOf('hash, token.expires_at', 'used_at IS NULL')}
  WHERE family_hash IS NOT NULL;
  UPDATE grants SET (previous_hash, previous_expires_at, previous_used_at, previous_seed) =
    ${tokenOf('hash, token.expires_at, used_at, successor_seed', 'successor_hash = grants.token_hash')}
  WHERE token_hash IS NOT NULL;
  UPDATE grants SET (oldest_hash, oldest_expires_at, oldest_used_at, oldest_seed) =
    ${tokenOf('hash, token.expires_at, used_at, successor_seed', 'successor_hash = grants.previous_hash')}
  WHERE previous_hash IS NOT NULL;

  DELETE FROM refresh_tokens WHERE family_hash IS NOT NULL;
  DROP INDEX refresh_tokens_by_family;
  ALTER TABLE refresh_tokens DROP COLUMN family_hash;

  CREATE INDEX grants_by_family ON grants (realm, family_hash) WHERE family_hash IS NOT NULL;
  CREATE INDEX grants_to_sweep ON grants (sweep_at);
  DROP INDEX grants_by_end;
  CREATE INDEX grants_by_end ON grants (realm, ended_at, id) WHERE ended_at IS NOT NULL;
`;
