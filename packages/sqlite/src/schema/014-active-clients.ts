const ACTIVE = (row: 'NEW' | 'OLD'): string =>
  `(${row}.kind = 'dynamic' AND ${row}.hibernated_at IS NULL AND ${row}.blocked_at IS NULL)`;

/** The triggers that keep the number of active clients. */
export const ACTIVE_CLIENT_TRIGGERS: string = `
  CREATE TRIGGER active_client_inserted AFTER INSERT ON clients WHEN ${ACTIVE('NEW')} BEGIN
    INSERT INTO active_clients (realm, clients) VALUES (NEW.realm, 1)
    ON CONFLICT (realm) DO UPDATE SET clients = clients + 1;
  END;

  CREATE TRIGGER active_client_deleted AFTER DELETE ON clients WHEN ${ACTIVE('OLD')} BEGIN
    UPDATE active_clients SET clients = clients - 1 WHERE realm = OLD.realm;
  END;

  CREATE TRIGGER active_client_changed AFTER UPDATE OF kind, hibernated_at, blocked_at ON clients
  WHEN ${ACTIVE('NEW')} <> ${ACTIVE('OLD')} BEGIN
    INSERT INTO active_clients (realm, clients) VALUES (NEW.realm, ${ACTIVE('NEW')} - ${ACTIVE('OLD')})
    ON CONFLICT (realm) DO UPDATE SET clients = clients + excluded.clients;
  END;`;

/**
 * What a registration writes, made small.
 *
 * The number of active dynamic clients of each realm. It is kept by triggers, in the transaction of each change, because
 * counting the rows at each registration takes longer the more clients there are. The index that counted them now has only
 * clients that were used, whose period it finds. Rate limits are stored in the order of their keys, without a second copy of
 * each key.
 */
export const ACTIVE_CLIENTS: string = `
  CREATE TABLE active_clients (
    realm TEXT PRIMARY KEY,
    clients INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  INSERT INTO active_clients
  SELECT realm, count(*) FROM clients
  WHERE kind = 'dynamic' AND hibernated_at IS NULL AND blocked_at IS NULL GROUP BY realm;

  ${ACTIVE_CLIENT_TRIGGERS}

  DROP INDEX clients_awake;
  CREATE INDEX clients_awake ON clients (realm, last_used_at)
    WHERE last_used_at IS NOT NULL AND hibernated_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';

  CREATE TABLE limits (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire INTEGER
  ) WITHOUT ROWID;
  INSERT INTO limits SELECT key, points, expire FROM rate_limits;
  DROP TABLE rate_limits;
  ALTER TABLE limits RENAME TO rate_limits;
  CREATE INDEX rate_limits_by_expiry ON rate_limits (expire);
`;
