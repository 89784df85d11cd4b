/**
 * The tables of the stores. Times are milliseconds. JSON is stored as text, which preserves the order of names and every
 * character. Keys are random, so that writes are spread; only the indexes by time, which sweeps and the audit log need, grow
 * at one end.
 */
export const STORES = `
  CREATE TABLE realms (
    id text PRIMARY KEY,
    version bigint NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL UNIQUE,
    settings text NOT NULL,
    apis text NOT NULL,
    scopes text NOT NULL
  );

  CREATE TABLE people (
    realm text NOT NULL,
    subject text NOT NULL,
    username text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    PRIMARY KEY (realm, subject),
    UNIQUE (realm, username)
  );

  CREATE TABLE clients (
    realm text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    redirect_uris text NOT NULL,
    grant_types text NOT NULL,
    application_type text NOT NULL,
    scope text,
    client_uri text,
    logo_uri text,
    tos_uri text,
    policy_uri text,
    issued_at bigint NOT NULL,
    PRIMARY KEY (realm, id)
  );

  CREATE TABLE transactions (
    realm text NOT NULL,
    id text NOT NULL,
    browser_hash text NOT NULL,
    request text NOT NULL,
    decision text,
    expires_at bigint NOT NULL,
    PRIMARY KEY (realm, id)
  );
  CREATE INDEX transactions_by_expiry ON transactions (expires_at);

  CREATE TABLE codes (
    realm text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    expires_at bigint NOT NULL,
    taken_at bigint,
    PRIMARY KEY (realm, key)
  );
  CREATE INDEX codes_by_expiry ON codes (expires_at);

  CREATE TABLE grants (
    realm text NOT NULL,
    id text NOT NULL,
    client_id text NOT NULL,
    subject text NOT NULL,
    resource text NOT NULL,
    scopes text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    opened_at bigint,
    ended_at bigint,
    PRIMARY KEY (realm, id)
  );
  CREATE INDEX grants_by_expiry ON grants (expires_at);

  CREATE TABLE refresh_tokens (
    realm text NOT NULL,
    hash text NOT NULL,
    grant_id text NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    successor_hash text,
    successor_seed text,
    PRIMARY KEY (realm, hash),
    FOREIGN KEY (realm, grant_id) REFERENCES grants (realm, id) ON DELETE CASCADE
  );
  CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (realm, grant_id);
  CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

  CREATE TABLE sessions (
    realm text NOT NULL,
    hash text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    authenticated_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (realm, hash)
  );
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);

  CREATE TABLE signing_keys (
    realm text NOT NULL,
    generation bigint NOT NULL,
    kid text NOT NULL,
    algorithm text NOT NULL,
    private_jwk text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (realm, generation),
    UNIQUE (realm, kid)
  );

  CREATE TABLE audit_events (
    id text PRIMARY KEY,
    realm text NOT NULL,
    at bigint NOT NULL,
    type text NOT NULL,
    event text NOT NULL
  );
  CREATE INDEX audit_events_by_realm ON audit_events (realm, at, id);
  CREATE INDEX audit_events_by_time ON audit_events (at);
`;
