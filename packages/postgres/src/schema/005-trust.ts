/**
 * Pre-registered clients, grants for display, rotated keys, and three tables of values for one use or none. Pre-registered
 * clients are never due and never counted, so both indexes exclude them.
 *
 * A node of an earlier version is refused: it would look for private keys in the old column, and apply the rules for dynamic
 * clients to pre-registered ones. Stop such nodes before.
 *
 * Existing grants have no time of the sign-in, so the time of their creation is used. Authorizations in progress, which last
 * ten minutes at most, begin again. The public key is the key without its private members (RFC 7518 §6).
 */
export const TRUST = `
  ALTER TABLE clients ADD COLUMN preregistration text;
  DROP INDEX clients_unused, clients_awake, clients_asleep;
  CREATE INDEX clients_unused ON clients (realm, issued_at)
    WHERE last_used_at IS NULL AND blocked_at IS NULL AND preregistration IS NULL;
  CREATE INDEX clients_awake ON clients (realm, last_used_at)
    WHERE hibernated_at IS NULL AND blocked_at IS NULL AND preregistration IS NULL;
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL AND preregistration IS NULL;

  ALTER TABLE people ADD COLUMN email text;
  ALTER TABLE people ADD COLUMN email_verified integer;

  DELETE FROM transactions;
  ALTER TABLE transactions ADD COLUMN started_at bigint NOT NULL;
  DELETE FROM codes;

  ALTER TABLE grants ADD COLUMN ends_at bigint;
  ALTER TABLE grants ADD COLUMN authentication text;
  UPDATE grants SET authentication = '{"at":' || created_at || ',"methods":[]}';
  ALTER TABLE grants ALTER COLUMN authentication SET NOT NULL;
  ALTER TABLE grants ADD COLUMN proof_key text;
  CREATE INDEX grants_by_subject ON grants (realm, subject, created_at)
    WHERE opened_at IS NOT NULL AND ended_at IS NULL;
  CREATE INDEX grants_by_end ON grants (realm, ended_at) WHERE ended_at IS NOT NULL;

  ALTER TABLE sessions ADD COLUMN methods text NOT NULL DEFAULT '[]';

  ALTER TABLE signing_keys RENAME COLUMN private_jwk TO private_key;
  ALTER TABLE signing_keys ADD COLUMN public_jwk text;
  ALTER TABLE signing_keys ADD COLUMN signs_from bigint;
  UPDATE signing_keys SET
    public_jwk = (private_key::jsonb - ARRAY['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])::text,
    private_key = '{"kind":"plain","jwk":' || private_key || '}',
    signs_from = created_at;
  ALTER TABLE signing_keys ALTER COLUMN public_jwk SET NOT NULL;
  ALTER TABLE signing_keys ALTER COLUMN signs_from SET NOT NULL;

  CREATE TABLE pushed_requests (
    realm text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    expires_at bigint NOT NULL,
    taken_at bigint,
    PRIMARY KEY (realm, key)
  );
  CREATE INDEX pushed_requests_by_expiry ON pushed_requests (expires_at);

  CREATE TABLE replays (
    realm text NOT NULL,
    key text NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (realm, key)
  );
  CREATE INDEX replays_by_expiry ON replays (expires_at);

  CREATE TABLE revoked_tokens (
    realm text NOT NULL,
    id text NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (realm, id)
  );
  CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);
  CREATE INDEX revoked_tokens_of_realm ON revoked_tokens (realm, expires_at);
`;
