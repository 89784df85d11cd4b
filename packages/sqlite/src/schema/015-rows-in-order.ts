import { ACTIVE_CLIENT_TRIGGERS } from './014-active-clients.ts';

/** The indexes and triggers of clients. A table that is built again needs them again. */
export const CLIENT_INDEXES: string = `
  CREATE INDEX clients_by_fingerprint ON clients (realm, fingerprint, issued_at)
    WHERE fingerprint IS NOT NULL AND blocked_at IS NULL;
  CREATE INDEX clients_awake ON clients (realm, last_used_at, id)
    WHERE last_used_at IS NOT NULL AND hibernated_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  CREATE INDEX clients_unused ON clients (realm, issued_at, id)
    WHERE last_used_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at, id)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL AND kind = 'dynamic';
  ${ACTIVE_CLIENT_TRIGGERS}
`;

const CLIENTS = `
  CREATE TABLE clients_015 (
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
    software_id TEXT,
    software_version TEXT,
    contacts TEXT,
    translations TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    bounds TEXT,
    software_statement TEXT,
    vouched_by TEXT,
    initial_access_token_id TEXT,
    registration_access_token_hash TEXT,
    fingerprint TEXT,
    last_used_at INTEGER,
    hibernated_at INTEGER,
    blocked_at INTEGER,
    preregistration TEXT,
    kind TEXT NOT NULL DEFAULT 'dynamic',
    document TEXT CHECK (
      kind IN ('dynamic', 'metadata-document', 'pre-registered')
      AND (kind = 'pre-registered') = (preregistration IS NOT NULL)
      AND (kind = 'metadata-document') = (document IS NOT NULL)
    ),
    PRIMARY KEY (realm, id)
  ) STRICT;
  INSERT INTO clients_015 SELECT * FROM clients ORDER BY issued_at;
  DROP TABLE clients;
  ALTER TABLE clients_015 RENAME TO clients;

  ${CLIENT_INDEXES}`;

const GRANTS = `
  CREATE TABLE grants_015 (
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
    ends_at INTEGER,
    authentication TEXT NOT NULL DEFAULT '{"at":0,"methods":[]}',
    proof_key TEXT,
    displayed TEXT,
    PRIMARY KEY (realm, id)
  ) STRICT;
  INSERT INTO grants_015 SELECT * FROM grants ORDER BY created_at;
  DROP TABLE grants;
  ALTER TABLE grants_015 RENAME TO grants;

  CREATE INDEX grants_by_expiry ON grants (expires_at);
  CREATE INDEX grants_by_end ON grants (realm, ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX grants_by_client ON grants (realm, client_id, subject) WHERE ended_at IS NULL;
  CREATE INDEX grants_by_subject ON grants (realm, subject, created_at) WHERE ended_at IS NULL;`;

const INTERACTIONS = `
  CREATE TABLE transactions_015 (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    request TEXT NOT NULL,
    decision TEXT,
    expires_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT;
  INSERT INTO transactions_015 SELECT * FROM transactions ORDER BY started_at;
  DROP TABLE transactions;
  ALTER TABLE transactions_015 RENAME TO transactions;
  CREATE INDEX transactions_by_expiry ON transactions (expires_at);`;

const oneTime = (table: 'codes' | 'pushed_requests'): string => `
  CREATE TABLE ${table}_015 (
    realm TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    taken_at INTEGER,
    PRIMARY KEY (realm, key)
  ) STRICT;
  INSERT INTO ${table}_015 SELECT * FROM ${table} ORDER BY expires_at;
  DROP TABLE ${table};
  ALTER TABLE ${table}_015 RENAME TO ${table};
  CREATE INDEX ${table}_by_expiry ON ${table} (expires_at);`;

/**
 * Large rows are stored in the order of their arrival, and found by a small index. In the order of random keys each row changed
 * a page of its own, and a page was written as a whole for it.
 */
export const ROWS_IN_ORDER: string = [
  CLIENTS,
  GRANTS,
  INTERACTIONS,
  oneTime('codes'),
  oneTime('pushed_requests'),
].join('\n');
