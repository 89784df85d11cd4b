/**
 * Uses limits, each as often as the commits of a statement want it, and counts those that have that many uses left. A limit whose
 * window ends between the first use and the latest time is not counted.
 */
export const reserveQuotas = (quotas: string): string => `
  WITH wanted AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(${quotas})
      AS quota (key text, times integer, uses bigint, at bigint, latest bigint, until bigint)
    WHERE times <= uses AND latest < until
  ), inserted AS (
    INSERT INTO rate_limits (key, points, expire) SELECT key, times, until FROM wanted
    ON CONFLICT DO NOTHING RETURNING 1
  ), updated AS (
    UPDATE rate_limits AS stored SET
      points = CASE WHEN stored.expire <= at THEN times ELSE points + times END,
      expire = CASE WHEN stored.expire <= at THEN until ELSE expire END
    FROM wanted
    WHERE stored.key = wanted.key
      AND (stored.expire <= at OR (stored.expire > latest AND points + times <= uses))
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM inserted) + (SELECT count(*) FROM updated)`;

/** Inserts the clients that are not known and no duplicates. The bound of the subquery keeps it from becoming a join. */
export const insertClients = (given: string): string => `
  INSERT INTO clients (
    realm, id, version, kind, issued_at, last_used_at, blocked_at, hibernated_at, fingerprint, client, guards_fingerprint)
  SELECT
    client.realm, client.id, client.version, client.kind, client.issued_at, client.last_used_at, client.blocked_at,
    client.hibernated_at, client.fingerprint, client.client, CASE WHEN since IS NOT NULL THEN true END
  FROM jsonb_to_recordset(${given}) AS one ("row" jsonb, since bigint), jsonb_populate_record(NULL::clients, "row") AS client
  WHERE (
    SELECT 1 FROM clients AS same
    WHERE same.realm = client.realm AND same.fingerprint = client.fingerprint AND same.issued_at > since
      AND same.blocked_at IS NULL
    LIMIT 1
  ) IS NULL
  ON CONFLICT DO NOTHING`;

/** Finds a realm that has more active clients than the insertion of one of them allows. */
export const findFull = (given: string): string => `
  SELECT 1 FROM (
    SELECT "row"->>'realm' AS realm, min(most) AS most
    FROM jsonb_to_recordset(${given}) AS one ("row" jsonb, most bigint) GROUP BY 1
  ) AS bound, active_clients
  WHERE active_clients.realm = bound.realm AND active_clients.clients > bound.most`;

const INSERT_CLIENTS = `
  CREATE FUNCTION insert_clients(given jsonb) RETURNS boolean LANGUAGE plpgsql AS $together$
  DECLARE
    inserted bigint;
  BEGIN
    ${insertClients('given')};
    GET DIAGNOSTICS inserted = ROW_COUNT;
    IF inserted < jsonb_array_length(given) THEN RETURN false; END IF;
    PERFORM * FROM (${findFull('given')}) AS full_realms;
    RETURN NOT FOUND;
  END
  $together$;
`;

/** Makes the commits of a statement as if they were one. Returns false, and changes nothing, if the condition of any change fails. */
const COMMIT_TOGETHER = `
  CREATE FUNCTION commit_together(together jsonb) RETURNS boolean LANGUAGE plpgsql AS $together$
  DECLARE
    are_met boolean := true;
    reserved bigint;
    change jsonb;
  BEGIN
    IF together ? 'quotas' THEN
      ${reserveQuotas(`together->'quotas'`)} INTO reserved;
      are_met := reserved = jsonb_array_length(together->'quotas');
    END IF;
    IF are_met AND together ? 'clients' THEN are_met := insert_clients(together->'clients'); END IF;
    IF are_met AND together ? 'changes' THEN
      FOR change IN SELECT jsonb_array_elements(together->'changes') LOOP
        are_met := make_change(change) IS NULL;
        EXIT WHEN NOT are_met;
      END LOOP;
    END IF;
    IF NOT are_met THEN RAISE EXCEPTION 'a condition failed' USING ERRCODE = 'VC001'; END IF;
    IF together ? 'events' THEN
      INSERT INTO audit_events (id, realm, at, type, event)
      SELECT id, realm, at, type, event FROM jsonb_populate_recordset(NULL::audit_events, together->'events');
    END IF;
    RETURN true;
  EXCEPTION WHEN SQLSTATE 'VC001' THEN
    RETURN false;
  END
  $together$;
`;

/** How the statements of a commit are planned: once for each connection, and for large tables. */
export const PLANNING: readonly string[] = [
  'SET plan_cache_mode = force_generic_plan',
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'].map((way) => `SET enable_${way} = off`),
];

/**
 * Makes commits in one statement: together, as most of them can be, or else one by one, where each is undone alone. So limits that
 * they share are changed once, and the rows of a table are inserted together. Takes the commits in both forms: `together` has
 * their changes by kind, and `one_by_one`, as text that is rarely parsed, has a list of each.
 *
 * A plan that is made while a table is small is kept, so it may only be of a kind that suits a large one.
 */
const COMMIT_CHANGES = `
  CREATE FUNCTION commit_changes(together jsonb, one_by_one text, locks text[]) RETURNS jsonb LANGUAGE plpgsql
  ${PLANNING.join(' ')} AS $commit$
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(lock, 0)) FROM unnest(locks) AS lock;
    IF commit_together(together) THEN RETURN NULL; END IF;
    RETURN commit_changes(one_by_one::jsonb, '{}');
  END
  $commit$;
`;

/** The clients of one statement are counted together. */
const COUNT_INSERTED = `
  CREATE FUNCTION count_inserted_clients() RETURNS trigger LANGUAGE plpgsql AS $count$
  BEGIN
    INSERT INTO active_clients (realm, clients)
    SELECT realm, count(*) FROM inserted
    WHERE kind = 'dynamic' AND hibernated_at IS NULL AND blocked_at IS NULL GROUP BY realm
    ON CONFLICT (realm) DO UPDATE SET clients = active_clients.clients + excluded.clients;
    RETURN NULL;
  END
  $count$;

  DROP TRIGGER active_client_counted ON clients;
  CREATE TRIGGER active_client_counted AFTER DELETE OR UPDATE OF kind, hibernated_at, blocked_at ON clients
  FOR EACH ROW EXECUTE FUNCTION count_active_client();
  CREATE TRIGGER inserted_clients_counted AFTER INSERT ON clients REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION count_inserted_clients();
`;

export const COMMITS_TOGETHER: string = COUNT_INSERTED + INSERT_CLIENTS + COMMIT_TOGETHER + COMMIT_CHANGES;
