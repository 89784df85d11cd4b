import { CLIENT_INDEXES } from './015-rows-in-order.ts';

/**
 * What a registration writes, made cheaper once more.
 *
 * SQLite tests `IN` with three values or more by a temporary table, which it made for each client: so the kinds are compared one
 * by one.
 *
 * The uses of a limit do not keep an index of times. Those that are over are found by reading the table.
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

  ${CLIENT_INDEXES}

  DROP INDEX rate_limits_by_expiry;
`;
