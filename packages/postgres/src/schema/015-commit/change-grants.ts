/**
 * The changes of grants and their refresh tokens. Each function makes one, and returns the condition that failed or null.
 *
 * The grant is the lock of a rotation: prolonging it waits for its holder, and once it is held no other statement changes
 * its tokens. What a failed condition left is undone with the commit.
 */
export const CHANGE_GRANTS: string = `
  CREATE FUNCTION insert_grant(given jsonb) RETURNS void LANGUAGE plpgsql AS $change$
  BEGIN
    INSERT INTO grants
      (realm, id, client_id, subject, resource, scopes, created_at, expires_at, ends_at, authentication, proof_key, displayed)
    VALUES (
      given->>'realm', given->>'id', given->>'client_id', given->>'subject', given->>'resource', given->>'scopes',
      (given->>'created_at')::bigint, (given->>'expires_at')::bigint, (given->>'ends_at')::bigint, given->>'authentication',
      given->>'proof_key', given->>'displayed');
  END
  $change$;

  CREATE FUNCTION change_grant_open(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    of_realm text := change->>'realm';
    is_known boolean;
  BEGIN
    UPDATE grants SET opened_at = (change->'at')::bigint, expires_at = (change->'expires_at')::bigint,
      proof_key = coalesce(change->>'proof_key', proof_key)
    WHERE realm = of_realm AND id = change->>'id' AND opened_at IS NULL AND ended_at IS NULL;
    IF NOT FOUND THEN
      SELECT EXISTS (SELECT 1 FROM grants WHERE realm = of_realm AND id = change->>'id') INTO is_known;
      RETURN CASE WHEN is_known THEN '{"reason":"already-open"}'::jsonb ELSE '{"reason":"missing"}' END;
    END IF;
    IF change ? 'hash' THEN
      INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, family_hash)
      VALUES (of_realm, change->>'hash', change->>'id', (change->'token_expires_at')::bigint, change->>'family');
    END IF;
    RETURN NULL;
  END
  $change$;

  CREATE FUNCTION why_not_rotated(of_realm text, presented text, at bigint, repeatable_since bigint)
  RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    token record;
  BEGIN
    SELECT presented_token.expires_at, presented_token.successor_seed, successor.hash, successor.used_at INTO token
    FROM refresh_tokens AS presented_token
    LEFT JOIN refresh_tokens AS successor
      ON successor.realm = presented_token.realm AND successor.hash = presented_token.successor_hash
    WHERE presented_token.realm = of_realm AND presented_token.hash = presented;
    -- It has the secret of the family but is not stored any more.
    IF NOT FOUND THEN RETURN '{"reason":"replayed"}'; END IF;
    IF token.expires_at <= at THEN RETURN '{"reason":"invalid"}'; END IF;
    IF token.successor_seed IS NOT NULL AND token.hash IS NOT NULL
      AND (token.used_at IS NULL OR token.used_at > repeatable_since)
    THEN
      RETURN jsonb_build_object('reason', 'repeated', 'seed', token.successor_seed);
    END IF;
    RETURN '{"reason":"replayed"}';
  END
  $change$;

  CREATE FUNCTION change_token_rotate(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    of_realm text := change->>'realm';
    presented text := change->>'hash';
    successor text := change->>'successor';
    at bigint := (change->'at')::bigint;
    successor_expires_at bigint := (change->'expires_at')::bigint;
    found_id text;
  BEGIN
    SELECT grant_id INTO found_id FROM refresh_tokens WHERE realm = of_realm AND hash = presented;
    IF NOT FOUND THEN
      SELECT grant_id INTO found_id FROM refresh_tokens
      WHERE realm = of_realm AND family_hash = change->>'presented_family' LIMIT 1;
    END IF;
    UPDATE grants SET expires_at = successor_expires_at
    WHERE realm = of_realm AND id = found_id AND ended_at IS NULL AND expires_at > at;
    IF NOT FOUND THEN RETURN '{"reason":"invalid"}'; END IF;
    UPDATE refresh_tokens SET used_at = at, successor_hash = successor, successor_seed = change->>'seed'
    WHERE realm = of_realm AND hash = presented AND used_at IS NULL AND expires_at > at;
    IF NOT FOUND THEN
      -- Without the secret of its family it was swept while this waited for the grant.
      IF change->>'presented_family' IS NULL
        AND NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE realm = of_realm AND hash = presented)
      THEN
        RETURN '{"reason":"invalid"}';
      END IF;
      RETURN why_not_rotated(of_realm, presented, at, (change->'repeatable_since')::bigint);
    END IF;
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, family_hash)
    VALUES (of_realm, successor, found_id, successor_expires_at, change->>'family');
    DELETE FROM refresh_tokens
    WHERE realm = of_realm AND grant_id = found_id AND family_hash IS NOT NULL AND used_at IS NOT NULL
      AND hash <> presented AND successor_hash <> presented;
    RETURN NULL;
  END
  $change$;
`;
