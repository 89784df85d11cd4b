/**
 * Operator control of clients: versions, hibernation and blocks, initial access tokens, and leases for work of one process
 * at a time. Each kind of due client has an index by its time; the index for those that are not hibernated is also used for
 * counting, so it includes unused clients.
 *
 * Uses were not recorded before, and a client that counts as unused is soon deleted. The last use is computed from grants
 * and audit events. A client without either counts as used at its registration: it is hibernated instead of deleted.
 */
export const GOVERNANCE = `
  ALTER TABLE clients ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE clients ADD COLUMN bounds TEXT;
  ALTER TABLE clients ADD COLUMN software_statement TEXT;
  ALTER TABLE clients ADD COLUMN vouched_by TEXT;
  ALTER TABLE clients ADD COLUMN initial_access_token_id TEXT;
  ALTER TABLE clients ADD COLUMN registration_access_token_hash TEXT;
  ALTER TABLE clients ADD COLUMN fingerprint TEXT;
  ALTER TABLE clients ADD COLUMN last_used_at INTEGER;
  ALTER TABLE clients ADD COLUMN hibernated_at INTEGER;
  ALTER TABLE clients ADD COLUMN blocked_at INTEGER;

  UPDATE clients SET last_used_at = used.at
  FROM (
    SELECT realm, client_id, max(at) AS at FROM (
      SELECT realm, client_id, created_at AS at FROM grants
      UNION ALL
      SELECT realm, json_extract(event, '$.clientId'), at FROM audit_events
      WHERE type IN ('consent.approved', 'token.issued')
    ) GROUP BY realm, client_id
  ) AS used
  WHERE clients.realm = used.realm AND clients.id = used.client_id;
  UPDATE clients SET last_used_at = issued_at WHERE last_used_at IS NULL;

  CREATE INDEX clients_awake ON clients (realm, hibernated_at, blocked_at, last_used_at)
    WHERE hibernated_at IS NULL AND blocked_at IS NULL;
  CREATE INDEX clients_unused ON clients (realm, issued_at) WHERE last_used_at IS NULL AND blocked_at IS NULL;
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at) WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL;
  CREATE INDEX clients_by_fingerprint ON clients (realm, fingerprint, issued_at)
    WHERE fingerprint IS NOT NULL AND blocked_at IS NULL;
  CREATE INDEX grants_by_client ON grants (realm, client_id) WHERE ended_at IS NULL;

  CREATE TABLE initial_access_tokens (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    hash TEXT NOT NULL,
    note TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    redirect_hosts TEXT,
    scopes TEXT,
    resources TEXT,
    revoked_at INTEGER,
    PRIMARY KEY (realm, id),
    UNIQUE (realm, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX initial_access_tokens_by_expiry ON initial_access_tokens (expires_at);

  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
