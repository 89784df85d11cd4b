/** Uses of keys, for rate limits that all nodes share. */
export const RATE_LIMITS = `
  CREATE TABLE rate_limits (
    key text PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  );
  CREATE INDEX rate_limits_by_expiry ON rate_limits (expire);
`;
