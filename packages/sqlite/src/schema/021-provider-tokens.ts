/** The tokens that a provider issued for grants, encrypted. */
export const PROVIDER_TOKENS: string = `
  CREATE TABLE provider_tokens (
    realm TEXT NOT NULL,
    grant_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (realm, grant_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX provider_tokens_by_expiry ON provider_tokens (expires_at);
`;
