/** The columns that a change of a client sets. Later migrations that add columns replace the functions. */
const COLUMNS = [
  'realm',
  'id',
  'version',
  'name',
  'redirect_uris',
  'grant_types',
  'application_type',
  'scope',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'software_id',
  'software_version',
  'contacts',
  'translations',
  'issued_at',
  'bounds',
  'software_statement',
  'vouched_by',
  'initial_access_token_id',
  'registration_access_token_hash',
  'fingerprint',
  'last_used_at',
  'hibernated_at',
  'blocked_at',
  'kind',
  'preregistration',
  'document',
] as const;

const NAMES = COLUMNS.join(', ');
const valuesOf = (row: string): string => COLUMNS.map((column) => `${row}.${column}`).join(', ');

/**
 * The changes of clients. Each function makes one, and returns the condition that failed or null. A row is sent with a
 * member for each column.
 *
 * Of concurrent insertions of one fingerprint the unique index on `guards_fingerprint` lets one through; the others wait for
 * it, add nothing, and look again. A client that no longer counts gives up the fingerprint.
 */
export const CHANGE_CLIENTS: string = `
  CREATE FUNCTION full_if_more_than(most bigint, of_realm text) RETURNS jsonb LANGUAGE plpgsql AS $change$
  BEGIN
    IF most IS NULL THEN RETURN NULL; END IF;
    PERFORM 1 FROM active_clients WHERE realm = of_realm AND clients > most;
    RETURN CASE WHEN FOUND THEN '{"reason":"full"}'::jsonb END;
  END
  $change$;

  CREATE FUNCTION insert_client(given clients, guards boolean) RETURNS boolean LANGUAGE plpgsql AS $change$
  BEGIN
    INSERT INTO clients (${NAMES}, guards_fingerprint) VALUES (${valuesOf('given')}, guards) ON CONFLICT DO NOTHING;
    RETURN FOUND;
  END
  $change$;

  CREATE FUNCTION change_client_insert(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given clients := jsonb_populate_record(NULL::clients, change->'row');
    since bigint := (change->'since')::bigint;
    same clients;
    is_known boolean;
  BEGIN
    LOOP
      IF since IS NOT NULL THEN
        SELECT * INTO same FROM clients
        WHERE realm = given.realm AND fingerprint = given.fingerprint AND issued_at > since AND blocked_at IS NULL
        ORDER BY issued_at DESC LIMIT 1;
      END IF;
      IF same.id IS NULL THEN
        EXIT WHEN insert_client(given, CASE WHEN since IS NOT NULL THEN true END);
      END IF;
      SELECT EXISTS (SELECT 1 FROM clients WHERE realm = given.realm AND id = given.id) INTO is_known;
      IF is_known THEN RETURN '{"reason":"exists"}'; END IF;
      IF same.id IS NOT NULL THEN
        RETURN jsonb_build_object('reason', 'duplicate', 'row', to_jsonb(same));
      END IF;
      UPDATE clients SET guards_fingerprint = NULL
      WHERE realm = given.realm AND fingerprint = given.fingerprint AND guards_fingerprint
        AND (issued_at <= since OR blocked_at IS NOT NULL);
    END LOOP;
    RETURN full_if_more_than((change->'most')::bigint, given.realm);
  END
  $change$;

  CREATE FUNCTION stale_or_missing(of_realm text, of_id text) RETURNS jsonb LANGUAGE plpgsql AS $change$
  BEGIN
    PERFORM 1 FROM clients WHERE realm = of_realm AND id = of_id;
    RETURN CASE WHEN FOUND THEN '{"reason":"stale"}'::jsonb ELSE '{"reason":"missing"}' END;
  END
  $change$;

  CREATE FUNCTION change_client_replace(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given clients := jsonb_populate_record(NULL::clients, change->'row');
  BEGIN
    UPDATE clients AS client SET (${NAMES}) = ROW(${valuesOf('given')}),
      guards_fingerprint = CASE WHEN client.fingerprint = given.fingerprint THEN client.guards_fingerprint END
    WHERE realm = given.realm AND id = given.id AND version = given.version - 1;
    IF FOUND THEN RETURN NULL; END IF;
    RETURN stale_or_missing(given.realm, given.id);
  END
  $change$;

  CREATE FUNCTION change_client_remove(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  BEGIN
    DELETE FROM clients
    WHERE realm = change->>'realm' AND id = change->>'id' AND version = (change->'version')::bigint;
    IF NOT FOUND THEN RETURN stale_or_missing(change->>'realm', change->>'id'); END IF;
    IF change ? 'kept' THEN
      INSERT INTO expired_clients (realm, id, client, expired_at)
      VALUES (change->>'realm', change->>'id', change->>'kept', (change->'at')::bigint)
      ON CONFLICT (realm, id) DO UPDATE SET client = excluded.client, expired_at = excluded.expired_at;
    END IF;
    RETURN NULL;
  END
  $change$;

  CREATE FUNCTION change_client_restore(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given clients := jsonb_populate_record(NULL::clients, change->'row');
    was_kept boolean;
    is_known boolean;
  BEGIN
    DELETE FROM expired_clients WHERE realm = given.realm AND id = given.id;
    was_kept := FOUND;
    SELECT EXISTS (SELECT 1 FROM clients WHERE realm = given.realm AND id = given.id) INTO is_known;
    IF is_known THEN RETURN '{"reason":"exists"}'; END IF;
    IF NOT was_kept THEN RETURN '{"reason":"missing"}'; END IF;
    IF NOT insert_client(given, NULL) THEN RETURN '{"reason":"exists"}'; END IF;
    RETURN full_if_more_than((change->'most')::bigint, given.realm);
  END
  $change$;
`;
