import { ACTIVE_CLIENT_TRIGGERS } from './014-active-clients.ts';

/**
 * What a registration writes, made cheaper once more.
 *
 * SQLite tests `IN` with three values or more by a temporary table, which it made for each client: so the kinds are compared one
 * by one.
 *
 * A limit is one row in the order of its key, in one tree instead of three: the uses of a limit do not keep an index of times.
 * Those that are over are found by reading the table.
 */
export const NO_TEMPORARY_TABLES: string = `
  CREATE TABLE clients_018 (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'dynamic' OR kind = 'metadata-document' OR kind = 'pre-registered'),
    issued_at INTEGER NOT NULL,
    last_used_at INTEGER,
    blocked_at INTEGER,
    hibernated_at INTEGER,
    fingerprint TEXT,
    client TEXT NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT;
  INSERT INTO clients_018 SELECT * FROM clients ORDER BY rowid;
  DROP TABLE clients;
  ALTER TABLE clients_018 RENAME TO clients;

  CREATE INDEX clients_by_fingerprint ON clients (realm, fingerprint, issued_at)
    WHERE fingerprint IS NOT NULL AND blocked_at IS NULL;
  CREATE INDEX clients_awake ON clients (realm, last_used_at, id)
    WHERE last_used_at IS NOT NULL AND hibernated_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  CREATE INDEX clients_unused ON clients (realm, issued_at, id)
    WHERE last_used_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at, id)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL AND kind = 'dynamic';
  ${ACTIVE_CLIENT_TRIGGERS}

  CREATE TABLE rate_limits_018 (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire INTEGER
  ) STRICT, WITHOUT ROWID;
  INSERT INTO rate_limits_018 SELECT key, points, expire FROM rate_limits WHERE key IS NOT NULL ORDER BY key;
  DROP TABLE rate_limits;
  ALTER TABLE rate_limits_018 RENAME TO rate_limits;
`;
