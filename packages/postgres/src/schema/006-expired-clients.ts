/** What is kept of clients that expired unused, so that a person's approval can restore them. */
export const EXPIRED_CLIENTS = `
  CREATE TABLE expired_clients (
    realm text NOT NULL,
    id text NOT NULL,
    client text NOT NULL,
    expired_at bigint NOT NULL,
    PRIMARY KEY (realm, id)
  );
  CREATE INDEX expired_clients_by_time ON expired_clients (realm, expired_at);
`;
