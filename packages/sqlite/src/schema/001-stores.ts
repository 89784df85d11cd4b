/** The first version of all tables. */
export const STORES = `
  CREATE TABLE realms (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    issuer TEXT NOT NULL UNIQUE,
    settings TEXT NOT NULL,
    apis TEXT NOT NULL,
    scopes TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE people (
    realm TEXT NOT NULL,
    subject TEXT NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    PRIMARY KEY (realm, subject),
    UNIQUE (realm, username)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE clients (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    grant_types TEXT NOT NULL,
    application_type TEXT NOT NULL,
    scope TEXT,
    client_uri TEXT,
    logo_uri TEXT,
    tos_uri TEXT,
    policy_uri TEXT,
    issued_at INTEGER NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transactions (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    request TEXT NOT NULL,
    decision TEXT,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX transactions_by_expiry ON transactions (expires_at);

  CREATE TABLE codes (
    realm TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    taken_at INTEGER,
    PRIMARY KEY (realm, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX codes_by_expiry ON codes (expires_at);

  CREATE TABLE grants (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    resource TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    opened_at INTEGER,
    ended_at INTEGER,
    PRIMARY KEY (realm, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX grants_by_expiry ON grants (expires_at);

  CREATE TABLE refresh_tokens (
    realm TEXT NOT NULL,
    hash TEXT NOT NULL,
    grant_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    successor_hash TEXT,
    successor_seed TEXT,
    PRIMARY KEY (realm, hash),
    FOREIGN KEY (realm, grant_id) REFERENCES grants (realm, id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (realm, grant_id);
  CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

  CREATE TABLE sessions (
    realm TEXT NOT NULL,
    hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (realm, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);

  CREATE TABLE signing_keys (
    realm TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kid TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    private_jwk TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (realm, generation),
    UNIQUE (realm, kid)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit_events (
    id INTEGER PRIMARY KEY,
    realm TEXT NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_events_by_realm ON audit_events (realm, at);
  CREATE INDEX audit_events_by_time ON audit_events (at);
`;
