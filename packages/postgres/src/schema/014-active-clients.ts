const ACTIVE = (row: 'NEW' | 'OLD'): string =>
  `(${row}.kind = 'dynamic' AND ${row}.hibernated_at IS NULL AND ${row}.blocked_at IS NULL)`;

/**
 * The number of active dynamic clients of each realm. It is kept by a trigger, in the transaction of each change, because
 * counting the rows at each registration takes longer the more clients there are.
 */
export const ACTIVE_CLIENTS: string = `
  CREATE TABLE active_clients (
    realm text PRIMARY KEY,
    clients bigint NOT NULL
  );

  CREATE FUNCTION count_active_client() RETURNS trigger LANGUAGE plpgsql AS $count$
  DECLARE
    was integer := CASE WHEN TG_OP <> 'INSERT' AND ${ACTIVE('OLD')} THEN 1 ELSE 0 END;
    becomes integer := CASE WHEN TG_OP <> 'DELETE' AND ${ACTIVE('NEW')} THEN 1 ELSE 0 END;
  BEGIN
    IF becomes <> was THEN
      INSERT INTO active_clients (realm, clients)
      VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.realm ELSE NEW.realm END, becomes - was)
      ON CONFLICT (realm) DO UPDATE SET clients = active_clients.clients + excluded.clients;
    END IF;
    RETURN NULL;
  END
  $count$;

  LOCK TABLE clients IN SHARE ROW EXCLUSIVE MODE;
  INSERT INTO active_clients
  SELECT realm, count(*) FROM clients
  WHERE kind = 'dynamic' AND hibernated_at IS NULL AND blocked_at IS NULL GROUP BY realm;

  CREATE TRIGGER active_client_counted AFTER INSERT OR DELETE OR UPDATE OF kind, hibernated_at, blocked_at ON clients
  FOR EACH ROW EXECUTE FUNCTION count_active_client();
`;
