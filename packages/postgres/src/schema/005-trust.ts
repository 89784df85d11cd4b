/**
 * What clients that operators make, grants that people look at, and keys that are replaced need, and three tables of what
 * is good for one use or for none any more. Clients that an operator made are never due and never counted, so the indexes
 * for both leave them out.
 *
 * A node that knows less than this is refused: it would look for the private half of a key where it no longer is, and hold
 * clients that an operator made to the rules for those that introduced themselves. Stop those that run before.
 *
 * Grants of before say nothing of how their person signed in: when they were made stands for when. Authorizations that
 * were under way, ten minutes at most, begin anew. The public half of a key is the key without its private members
 * (RFC 7518 §6).
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
