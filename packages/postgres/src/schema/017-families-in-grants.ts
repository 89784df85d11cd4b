/**
 * The tokens of a family are columns of its grant: the newest one, which was not used, and the two before it. The rows are
 * converted, and then written once more with room for the versions of refreshes.
 */
const TABLES = `
  LOCK TABLE grants, refresh_tokens IN ACCESS EXCLUSIVE MODE;
  DROP INDEX grants_by_expiry;
  DROP INDEX grants_by_end;
  ALTER TABLE grants SET (fillfactor = 70);
  ALTER TABLE grants
    ADD COLUMN family_hash text,
    ADD COLUMN token_hash text,
    ADD COLUMN token_expires_at bigint,
    ADD COLUMN previous_hash text,
    ADD COLUMN previous_expires_at bigint,
    ADD COLUMN previous_used_at bigint,
    ADD COLUMN previous_seed text,
    ADD COLUMN oldest_hash text,
    ADD COLUMN oldest_expires_at bigint,
    ADD COLUMN oldest_used_at bigint,
    ADD COLUMN oldest_seed text,
    ADD COLUMN sweep_at bigint NOT NULL DEFAULT 0;

  WITH tokens AS MATERIALIZED (
    SELECT * FROM refresh_tokens WHERE family_hash IS NOT NULL
  ), families AS (
    SELECT DISTINCT ON (realm, grant_id) realm, grant_id, family_hash FROM tokens
  )
  UPDATE grants SET
    family_hash = family.family_hash,
    token_hash = newest.hash,
    token_expires_at = newest.expires_at,
    previous_hash = previous.hash,
    previous_expires_at = previous.expires_at,
    previous_used_at = previous.used_at,
    previous_seed = previous.successor_seed,
    oldest_hash = oldest.hash,
    oldest_expires_at = oldest.expires_at,
    oldest_used_at = oldest.used_at,
    oldest_seed = oldest.successor_seed
  FROM families AS family
  LEFT JOIN tokens AS newest
    ON newest.realm = family.realm AND newest.grant_id = family.grant_id AND newest.used_at IS NULL
  LEFT JOIN tokens AS previous
    ON previous.realm = newest.realm AND previous.grant_id = newest.grant_id AND previous.successor_hash = newest.hash
  LEFT JOIN tokens AS oldest
    ON oldest.realm = previous.realm AND oldest.grant_id = previous.grant_id AND oldest.successor_hash = previous.hash
  WHERE grants.realm = family.realm AND grants.id = family.grant_id;
  ALTER TABLE grants ALTER COLUMN sweep_at TYPE bigint USING expires_at;

  DELETE FROM refresh_tokens WHERE family_hash IS NOT NULL;
  ALTER TABLE refresh_tokens DROP COLUMN family_hash;

  CREATE INDEX grants_by_family ON grants (realm, family_hash) WHERE family_hash IS NOT NULL;
  CREATE INDEX grants_to_sweep ON grants (sweep_at);
  CREATE INDEX grants_by_end ON grants (realm, ended_at, id) WHERE ended_at IS NOT NULL;
`;

/**
 * The functions of a commit that name columns of grants and tokens. A rotation that is not made returns what is stored of the
 * tokens, from which the node tells a repetition from a replay, or nothing for a token that is invalid.
 */
const CHANGE_GRANTS = `
  DROP FUNCTION why_not_rotated;

  CREATE OR REPLACE FUNCTION insert_grant(given jsonb) RETURNS void LANGUAGE plpgsql AS $change$
  BEGIN
    INSERT INTO grants
      (realm, id, client_id, subject, resource, scopes, created_at, expires_at, ends_at, authentication, proof_key, displayed,
      sweep_at)
    VALUES (
      given->>'realm', given->>'id', given->>'client_id', given->>'subject', given->>'resource', given->>'scopes',
      (given->>'created_at')::bigint, (given->>'expires_at')::bigint, (given->>'ends_at')::bigint, given->>'authentication',
      given->>'proof_key', given->>'displayed', (given->>'expires_at')::bigint);
  END
  $change$;

  CREATE OR REPLACE FUNCTION change_grant_open(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    of_realm text := change->>'realm';
    family text := change->>'family';
    is_known boolean;
  BEGIN
    UPDATE grants SET opened_at = (change->'at')::bigint, expires_at = (change->'expires_at')::bigint,
      proof_key = coalesce(change->>'proof_key', proof_key), family_hash = family,
      token_hash = CASE WHEN family IS NOT NULL THEN change->>'hash' END,
      token_expires_at = CASE WHEN family IS NOT NULL THEN (change->'token_expires_at')::bigint END
    WHERE realm = of_realm AND id = change->>'id' AND opened_at IS NULL AND ended_at IS NULL;
    IF NOT FOUND THEN
      SELECT EXISTS (SELECT 1 FROM grants WHERE realm = of_realm AND id = change->>'id') INTO is_known;
      RETURN CASE WHEN is_known THEN '{"reason":"already-open"}'::jsonb ELSE '{"reason":"missing"}' END;
    END IF;
    IF change ? 'hash' AND family IS NULL THEN
      INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at)
      VALUES (of_realm, change->>'hash', change->>'id', (change->'token_expires_at')::bigint);
    END IF;
    RETURN NULL;
  END
  $change$;

  CREATE FUNCTION rotate_in_family(
    of_realm text, family text, presented text, successor text, seed text, successor_expires_at bigint, at bigint)
  RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    stored grants;
  BEGIN
    LOOP
      UPDATE grants SET
        oldest_hash = previous_hash, oldest_expires_at = previous_expires_at,
        oldest_used_at = previous_used_at, oldest_seed = previous_seed,
        previous_hash = token_hash, previous_expires_at = token_expires_at, previous_used_at = at, previous_seed = seed,
        token_hash = successor, token_expires_at = successor_expires_at, expires_at = successor_expires_at
      WHERE realm = of_realm AND family_hash = family AND ended_at IS NULL
        AND token_hash = presented AND token_expires_at > at AND expires_at > at;
      IF FOUND THEN RETURN NULL; END IF;
      SELECT * INTO stored FROM grants WHERE realm = of_realm AND family_hash = family AND ended_at IS NULL;
      IF NOT FOUND OR stored.expires_at <= at THEN RETURN '{"reason":"invalid"}'; END IF;
      -- It became the newest token between the two statements.
      CONTINUE WHEN stored.token_hash = presented AND stored.token_expires_at > at;
      RETURN jsonb_build_object('tokens', jsonb_build_object('family', to_jsonb(stored)));
    END LOOP;
  END
  $change$;

  CREATE FUNCTION rotate_without_family(
    of_realm text, presented text, next_family text, successor text, seed text, successor_expires_at bigint, at bigint)
  RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    stored grants;
    token refresh_tokens;
    following refresh_tokens;
  BEGIN
    SELECT * INTO stored FROM grants
    WHERE realm = of_realm AND ended_at IS NULL AND expires_at > at
      AND id = (SELECT grant_id FROM refresh_tokens WHERE realm = of_realm AND hash = presented)
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN '{"reason":"invalid"}'; END IF;
    -- The grant is the lock: no other statement changes its tokens from here on.
    SELECT * INTO token FROM refresh_tokens WHERE realm = of_realm AND hash = presented;
    IF NOT FOUND OR token.expires_at <= at THEN RETURN '{"reason":"invalid"}'; END IF;
    IF token.used_at IS NOT NULL THEN
      SELECT * INTO following FROM refresh_tokens WHERE realm = of_realm AND hash = token.successor_hash;
      RETURN jsonb_build_object('tokens', jsonb_build_object(
        'token', to_jsonb(token), 'successor', CASE WHEN FOUND THEN to_jsonb(following) END, 'family', to_jsonb(stored)));
    END IF;
    UPDATE refresh_tokens SET used_at = at, successor_hash = successor, successor_seed = seed
    WHERE realm = of_realm AND hash = presented;
    IF next_family IS NULL THEN
      INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at)
      VALUES (of_realm, successor, stored.id, successor_expires_at);
      UPDATE grants SET expires_at = successor_expires_at WHERE realm = of_realm AND id = stored.id;
    ELSE
      UPDATE grants SET family_hash = next_family, token_hash = successor, token_expires_at = successor_expires_at,
        expires_at = successor_expires_at
      WHERE realm = of_realm AND id = stored.id;
    END IF;
    RETURN NULL;
  END
  $change$;

  CREATE OR REPLACE FUNCTION change_token_rotate(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  BEGIN
    RETURN CASE WHEN change ? 'presented_family' THEN
      rotate_in_family(
        change->>'realm', change->>'presented_family', change->>'hash', change->>'successor', change->>'seed',
        (change->'expires_at')::bigint, (change->'at')::bigint)
    ELSE
      rotate_without_family(
        change->>'realm', change->>'hash', change->>'family', change->>'successor', change->>'seed',
        (change->'expires_at')::bigint, (change->'at')::bigint)
    END;
  END
  $change$;
`;

/**
 * What a refresh writes, made small: one row, and no index.
 *
 * The tokens of a family are in the row of their grant, which a refresh changes anyway. No refresh changes a column of an index,
 * so the new version stays in the page of the row (HOT), where the fill factor leaves room. The sweeper looks at a grant when
 * `sweep_at` has come, and moves it on if the grant was prolonged.
 *
 * Tokens without a family secret stay in `refresh_tokens`.
 */
export const FAMILIES_IN_GRANTS: string = TABLES + CHANGE_GRANTS;
