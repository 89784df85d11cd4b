/**
 * Refresh tokens carry the secret of their family, so that three of them are enough to recognize all. Tokens issued before
 * have none: they stay until they expire, and the next successor carries one. A node without this migration would treat a
 * token that is no longer stored as unknown, and miss a replay.
 */
export const TOKEN_FAMILIES = `
  ALTER TABLE refresh_tokens ADD COLUMN family_hash text;
  CREATE INDEX refresh_tokens_by_family ON refresh_tokens (realm, family_hash) WHERE family_hash IS NOT NULL;
`;
