import { COLUMNS } from './grant-row.ts';

/** Grants without the tokens of their families. */
export const GRANTS_ALONE: string = `SELECT ${COLUMNS}, opened_at, ended_at FROM grants`;

/** All refresh tokens, each in a row, as other stores keep them. */
export const TOKENS_IN_ROWS = `
  SELECT realm, hash, grant_id, expires_at, used_at, successor_hash, successor_seed, NULL AS family_hash
  FROM refresh_tokens
  UNION ALL
  SELECT realm, token_hash, id, token_expires_at, NULL, NULL, NULL, family_hash
  FROM grants WHERE token_hash IS NOT NULL
  UNION ALL
  SELECT realm, previous_hash, id, previous_expires_at, previous_used_at, token_hash, previous_seed, family_hash
  FROM grants WHERE previous_hash IS NOT NULL
  UNION ALL
  SELECT realm, oldest_hash, id, oldest_expires_at, oldest_used_at, previous_hash, oldest_seed, family_hash
  FROM grants WHERE oldest_hash IS NOT NULL`;
