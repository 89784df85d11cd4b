const NOT_MADE = `IF NOT FOUND THEN RETURN '{}'; END IF;`;

const TOKEN = `realm, id, hash, note, created_at, expires_at, max_uses, uses, redirect_hosts, scopes, resources, revoked_at`;
const PERSON = `realm, subject, username, name, password_hash, email, email_verified`;
const SESSION = `realm, hash, subject, name, authenticated_at, methods, expires_at`;
const REALM = `id, version, name, issuer, settings, apis, scopes`;

/** The columns of a row that is sent with a member for each column. */
const given = (table: string, row = 'row'): string =>
  `jsonb_populate_record(NULL::${table}, change->'${row}')`;

/**
 * The changes of operators' acts, sessions, revocations and keys. Each makes one, and returns the condition that failed or null.
 */
export const CHANGE_ACTS: string = `
  CREATE FUNCTION change_realm_replace(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given realms := ${given('realms')};
  BEGIN
    UPDATE realms
    SET version = version + 1, name = given.name, settings = given.settings, apis = given.apis, scopes = given.scopes
    WHERE id = given.id AND version = given.version;
    IF FOUND THEN RETURN NULL; END IF;
    PERFORM 1 FROM realms WHERE id = given.id;
    RETURN CASE WHEN FOUND THEN '{"reason":"stale"}'::jsonb ELSE '{"reason":"missing"}' END;
  END
  $change$;

  CREATE FUNCTION change_person_replace(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given people := ${given('people')};
    old people := ${given('people', 'replaced')};
  BEGIN
    UPDATE people
    SET name = given.name, password_hash = given.password_hash, email = given.email, email_verified = given.email_verified
    WHERE realm = given.realm AND subject = given.subject AND name = old.name
      AND password_hash IS NOT DISTINCT FROM old.password_hash AND email IS NOT DISTINCT FROM old.email
      AND email_verified IS NOT DISTINCT FROM old.email_verified;
    ${NOT_MADE}
    RETURN NULL;
  END
  $change$;

  CREATE FUNCTION change_key_insert(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given signing_keys := ${given('signing_keys')};
  BEGIN
    INSERT INTO signing_keys (realm, generation, kid, algorithm, public_jwk, private_key, created_at, signs_from)
    SELECT given.realm, coalesce(newest.generation, 0) + 1, given.kid, given.algorithm, given.public_jwk,
      given.private_key, given.created_at, given.signs_from
    FROM (SELECT 1 AS one) AS always
    LEFT JOIN (
      SELECT generation, kid FROM signing_keys WHERE realm = given.realm ORDER BY generation DESC LIMIT 1
    ) AS newest ON true
    WHERE newest.kid IS NOT DISTINCT FROM change->>'after'
    ON CONFLICT DO NOTHING;
    ${NOT_MADE}
    RETURN NULL;
  END
  $change$;

  CREATE FUNCTION change_key_remove(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    newest text;
  BEGIN
    SELECT kid INTO newest FROM signing_keys
    WHERE realm = change->>'realm' ORDER BY generation DESC LIMIT 1;
    IF newest = change->>'kid' THEN RETURN '{"reason":"newest"}'; END IF;
    DELETE FROM signing_keys WHERE realm = change->>'realm' AND kid = change->>'kid';
    RETURN CASE WHEN NOT FOUND THEN '{"reason":"missing"}'::jsonb END;
  END
  $change$;
${makeAct()}`;

/** The function that makes one act. Since people have groups, it stores them. */
export function makeAct({ hasGroups = false }: { readonly hasGroups?: boolean } = {}): string {
  const person = hasGroups ? `${PERSON}, groups, reported_groups` : PERSON;
  return `
  CREATE ${hasGroups ? 'OR REPLACE ' : ''}FUNCTION make_act(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    of_realm text := change->>'realm';
  BEGIN
    CASE change->>'kind'
      WHEN 'session.insert' THEN
        INSERT INTO sessions (${SESSION}) SELECT ${SESSION} FROM ${given('sessions')} ON CONFLICT DO NOTHING;
        ${NOT_MADE}
        DELETE FROM sessions WHERE realm = of_realm AND hash IN (
          SELECT hash FROM sessions
          WHERE realm = of_realm AND subject = change->>'subject' AND hash <> change->>'hash'
          ORDER BY authenticated_at DESC, hash OFFSET (change->'others')::bigint);
      WHEN 'session.end' THEN
        DELETE FROM sessions WHERE realm = of_realm AND hash = change->>'hash';
        ${NOT_MADE}
      WHEN 'session.end-all' THEN
        DELETE FROM sessions WHERE realm = of_realm AND subject = change->>'subject';
      WHEN 'revoked-token.insert' THEN
        INSERT INTO revoked_tokens (realm, id, expires_at)
        VALUES (of_realm, change->>'id', (change->'expires_at')::bigint) ON CONFLICT DO NOTHING;
        ${NOT_MADE}
      WHEN 'client.forget' THEN
        DELETE FROM expired_clients WHERE realm = of_realm AND id = change->>'id';
        ${NOT_MADE}
      WHEN 'initial-access-token.insert' THEN
        INSERT INTO initial_access_tokens (${TOKEN})
        SELECT ${TOKEN} FROM ${given('initial_access_tokens')} ON CONFLICT DO NOTHING;
        ${NOT_MADE}
      WHEN 'initial-access-token.revoke' THEN
        UPDATE initial_access_tokens SET revoked_at = (change->'at')::bigint
        WHERE realm = of_realm AND id = change->>'id' AND revoked_at IS NULL;
        IF FOUND THEN RETURN NULL; END IF;
        PERFORM 1 FROM initial_access_tokens WHERE realm = of_realm AND id = change->>'id';
        RETURN CASE WHEN FOUND THEN '{"reason":"revoked"}'::jsonb ELSE '{"reason":"missing"}' END;
      WHEN 'realm.insert' THEN
        INSERT INTO realms (${REALM}) SELECT ${REALM} FROM ${given('realms')} ON CONFLICT DO NOTHING;
        ${NOT_MADE}
      WHEN 'realm.replace' THEN RETURN change_realm_replace(change);
      WHEN 'person.insert' THEN
        INSERT INTO people (${person}) SELECT ${person} FROM ${given('people')} ON CONFLICT DO NOTHING;
        ${NOT_MADE}
      WHEN 'person.replace' THEN RETURN change_person_replace(change);
      WHEN 'person.remove' THEN
        DELETE FROM people WHERE realm = of_realm AND subject = change->>'subject';
        ${NOT_MADE}
      WHEN 'key.insert' THEN RETURN change_key_insert(change);
      WHEN 'key.remove' THEN RETURN change_key_remove(change);
    END CASE;
    RETURN NULL;
  END
  $change$;
`;
}
