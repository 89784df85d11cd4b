/**
 * Pre-registered clients, grants for display, rotated keys, and three tables of values for one use or none. Pre-registered
 * clients are never due and never counted, so both indexes exclude them.
 *
 * Existing grants have no time of the sign-in, so the time of their creation is used. Authorizations in progress, which last
 * ten minutes at most, begin again. The public key is the key without its private members (RFC 7518 §6).
 */
export const TRUST = `
  ALTER TABLE clients ADD COLUMN preregistration TEXT;
  DROP INDEX clients_awake;
  CREATE INDEX clients_awake ON clients (realm, hibernated_at, blocked_at, preregistration, last_used_at)
    WHERE hibernated_at IS NULL AND blocked_at IS NULL AND preregistration IS NULL;
  DROP INDEX clients_unused;
  CREATE INDEX clients_unused ON clients (realm, issued_at)
    WHERE last_used_at IS NULL AND blocked_at IS NULL AND preregistration IS NULL;
  DROP INDEX clients_asleep;
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL AND preregistration IS NULL;

  ALTER TABLE people ADD COLUMN email TEXT;
  ALTER TABLE people ADD COLUMN email_verified INTEGER;

  DELETE FROM transactions;
  ALTER TABLE transactions ADD COLUMN started_at INTEGER NOT NULL;
  DELETE FROM codes;

  ALTER TABLE grants ADD COLUMN ends_at INTEGER;
  ALTER TABLE grants ADD COLUMN authentication TEXT NOT NULL DEFAULT '{"at":0,"methods":[]}';
  UPDATE grants SET authentication = json_object('at', created_at, 'methods', json('[]'));
  ALTER TABLE grants ADD COLUMN proof_key TEXT;
  CREATE INDEX grants_by_subject ON grants (realm, subject, created_at)
    WHERE opened_at IS NOT NULL AND ended_at IS NULL;
  CREATE INDEX grants_by_end ON grants (realm, ended_at) WHERE ended_at IS NOT NULL;

  ALTER TABLE sessions ADD COLUMN methods TEXT NOT NULL DEFAULT '[]';

  CREATE TABLE keys (
    realm TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kid TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    private_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    signs_from INTEGER NOT NULL,
    PRIMARY KEY (realm, generation),
    UNIQUE (realm, kid)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO keys SELECT realm, generation, kid, algorithm,
    json_remove(private_jwk, '$.d', '$.p', '$.q', '$.dp', '$.dq', '$.qi', '$.oth', '$.k'),
    json_object('kind', 'plain', 'jwk', json(private_jwk)), created_at, created_at
  FROM signing_keys;
  DROP TABLE signing_keys;
  ALTER TABLE keys RENAME TO signing_keys;

  CREATE TABLE pushed_requests (
    realm TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    taken_at INTEGER,
    PRIMARY KEY (realm, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pushed_requests_by_expiry ON pushed_requests (expires_at);

  CREATE TABLE replays (
    realm TEXT NOT NULL,
    key TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (realm, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX replays_by_expiry ON replays (expires_at);

  CREATE TABLE revoked_tokens (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);
  CREATE INDEX revoked_tokens_of_realm ON revoked_tokens (realm, expires_at);
`;
