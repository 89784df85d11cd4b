/**
 * Operator control of clients: versions, hibernation and blocks, initial access tokens, and leases for work of one node at a
 * time.
 *
 * A node of an earlier version is refused: it would serve blocked clients, open ended grants, register clients without a
 * required token, and let its clients be deleted as unused.
 *
 * Uses were not recorded before. To avoid that used clients count as unused, their last use is computed from grants and
 * audit events. A client without either counts as used at its registration: it is hibernated instead of deleted. Events are
 * read as text, because PostgreSQL rejects JSON with a NUL anywhere.
 *
 * Each kind of due client has an index by its time. `clients_awake` is also used for counting, so it includes unused
 * clients. `guards_fingerprint` exists in PostgreSQL only: at most one client of a fingerprint has it, so that concurrent
 * insertions conflict.
 */
export const GOVERNANCE = `
  ALTER TABLE clients ADD COLUMN version bigint NOT NULL DEFAULT 1;
  ALTER TABLE clients ADD COLUMN bounds text;
  ALTER TABLE clients ADD COLUMN software_statement text;
  ALTER TABLE clients ADD COLUMN vouched_by text;
  ALTER TABLE clients ADD COLUMN initial_access_token_id text;
  ALTER TABLE clients ADD COLUMN registration_access_token_hash text;
  ALTER TABLE clients ADD COLUMN fingerprint text;
  ALTER TABLE clients ADD COLUMN last_used_at bigint;
  ALTER TABLE clients ADD COLUMN hibernated_at bigint;
  ALTER TABLE clients ADD COLUMN blocked_at bigint;
  ALTER TABLE clients ADD COLUMN guards_fingerprint boolean;

  UPDATE clients SET last_used_at = used.at
  FROM (
    SELECT realm, client_id, max(at) AS at FROM (
      SELECT realm, client_id, created_at AS at FROM grants
      UNION ALL
      SELECT realm, substring(event FROM '"clientId":"([^"]*)"'), at FROM audit_events
      WHERE type IN ('consent.approved', 'token.issued')
    ) AS uses
    GROUP BY realm, client_id
  ) AS used
  WHERE clients.realm = used.realm AND clients.id = used.client_id;
  UPDATE clients SET last_used_at = issued_at WHERE last_used_at IS NULL;

  CREATE INDEX clients_by_fingerprint ON clients (realm, fingerprint, issued_at)
    WHERE fingerprint IS NOT NULL AND blocked_at IS NULL;
  CREATE UNIQUE INDEX clients_guards ON clients (realm, fingerprint) WHERE guards_fingerprint;
  CREATE INDEX clients_unused ON clients (realm, issued_at) WHERE last_used_at IS NULL AND blocked_at IS NULL;
  CREATE INDEX clients_awake ON clients (realm, last_used_at) WHERE hibernated_at IS NULL AND blocked_at IS NULL;
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL;

  CREATE INDEX grants_by_client ON grants (realm, client_id) WHERE ended_at IS NULL;

  CREATE TABLE initial_access_tokens (
    realm text NOT NULL,
    id text COLLATE "C" NOT NULL,
    hash text NOT NULL,
    note text,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    max_uses bigint NOT NULL,
    uses bigint NOT NULL,
    redirect_hosts text,
    scopes text,
    resources text,
    revoked_at bigint,
    PRIMARY KEY (realm, id),
    UNIQUE (realm, hash)
  );
  CREATE INDEX initial_access_tokens_by_expiry ON initial_access_tokens (expires_at);

  CREATE TABLE leases (
    name text PRIMARY KEY,
    holder text NOT NULL,
    expires_at bigint NOT NULL
  );
`;
