/** The tokens that a provider issued for grants, encrypted. */
export const PROVIDER_TOKENS: string = `
  CREATE TABLE provider_tokens (
    realm text NOT NULL,
    grant_id text NOT NULL,
    version integer NOT NULL,
    sealed text NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (realm, grant_id)
  );
  CREATE INDEX provider_tokens_by_expiry ON provider_tokens (expires_at);
`;
