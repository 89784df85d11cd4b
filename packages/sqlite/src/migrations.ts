import type { Database } from 'better-sqlite3';

/** Each entry takes the schema one version further, from 0. Entries are only ever added. */
export const MIGRATIONS: readonly string[] = [
  `
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
  `,
  `
  CREATE TABLE IF NOT EXISTS rate_limits (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire INTEGER
  );
  CREATE INDEX rate_limits_by_expiry ON rate_limits (expire);

  CREATE TABLE events (
    realm TEXT NOT NULL,
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (realm, at, id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO events SELECT realm, at, printf('%016d', id), type, event FROM audit_events;
  DROP TABLE audit_events;
  ALTER TABLE events RENAME TO audit_events;
  CREATE INDEX audit_events_by_time ON audit_events (at);
  `,
  `
  ALTER TABLE clients ADD COLUMN software_id TEXT;
  ALTER TABLE clients ADD COLUMN software_version TEXT;
  ALTER TABLE clients ADD COLUMN contacts TEXT;
  ALTER TABLE clients ADD COLUMN translations TEXT;
  `,
];

/**
 * Brings the tables up to date, all or nothing, however many processes try at once.
 *
 * @throws Error where the database was written by a newer version, which this one would not understand, or by another
 * program
 */
export function migrate(database: Database): void {
  const bringUpToDate = database.transaction(() => {
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version > MIGRATIONS.length) {
      throw new Error(
        `The database has schema ${version}; this version of Vestibule knows schemas up to ${MIGRATIONS.length}. Start the version that wrote it, or a newer one.`,
      );
    }
    if (version === 0 && database.prepare('SELECT 1 FROM sqlite_master').get() !== undefined) {
      throw new Error('The database belongs to another program: it has tables that are not Vestibule’s.');
    }
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  bringUpToDate.immediate();
}
