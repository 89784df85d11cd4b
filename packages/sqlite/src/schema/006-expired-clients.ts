/** What is kept of clients that expired unused, so that a person's approval can restore them. */
export const EXPIRED_CLIENTS = `
  CREATE TABLE expired_clients (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    client TEXT NOT NULL,
    expired_at INTEGER NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX expired_clients_by_time ON expired_clients (realm, expired_at);
`;
