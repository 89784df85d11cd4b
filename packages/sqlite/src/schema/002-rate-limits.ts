/** The table of the rate limiter, which created it by itself before; and the index for the order of audit events. */
export const RATE_LIMITS = `
  CREATE TABLE IF NOT EXISTS rate_limits (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire INTEGER
  );
  CREATE INDEX rate_limits_by_expiry ON rate_limits (expire);

  CREATE TABLE events (
    realm TEXT NOT NULL,
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (realm, at, id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO events SELECT realm, at, printf('%016d', id), type, event FROM audit_events;
  DROP TABLE audit_events;
  ALTER TABLE events RENAME TO audit_events;
  CREATE INDEX audit_events_by_time ON audit_events (at);
`;
