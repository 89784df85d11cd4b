import type { Instant, Limit, Seconds } from '@vestibule/core';
import { hash } from 'node:crypto';
import type { Queryable } from '../database/statement.ts';

const USE = `
  INSERT INTO rate_limits (key, points, expire) VALUES ($1, 1, $2)
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN rate_limits.expire <= $3 THEN 1 ELSE rate_limits.points + 1 END,
    expire = CASE WHEN rate_limits.expire <= $3 THEN excluded.expire ELSE rate_limits.expire END
  WHERE rate_limits.expire <= $3 OR rate_limits.points < $4`;

const SELECT = 'SELECT expire FROM rate_limits WHERE key = $1 AND expire > $2';

/**
 * Uses a limit once, in the table of the rate limiter. Keys are stored as hashes: they contain addresses and request data.
 *
 * @returns how long to wait if its current window has no use left
 */
export async function reserveQuota(
  database: Queryable,
  key: string,
  { uses, seconds }: Limit,
  at: Instant,
): Promise<Seconds | undefined> {
  const stored = hash('sha256', key, 'base64url');
  const opened = at + seconds * 1_000;
  if (uses > 0) {
    const use = { name: 'quotas.use', text: USE, values: [stored, opened, at, uses] };
    if ((await database.query(use)).rowCount === 1) return undefined;
  }
  const select = { name: 'quotas.find', text: SELECT, values: [stored, at], reads: true };
  const { rows } = await database.query<{ readonly expire: Instant }>(select);
  return Math.max(1, Math.ceil(((rows[0]?.expire ?? opened) - at) / 1_000));
}

const LOCK = `
  SELECT pg_advisory_xact_lock(hashtextextended(key, 0))
  FROM (SELECT unnest($1::text[]) AS key ORDER BY key) AS keys`;

/**
 * Locks the keys of a transaction that uses several, in one order for all transactions: otherwise two that use the same
 * limits in another order wait for each other.
 */
export async function lockQuotas(database: Queryable, keys: readonly string[]): Promise<void> {
  const stored = [...new Set(keys)].map((key) => hash('sha256', key, 'base64url'));
  if (stored.length > 1) await database.query({ name: 'quotas.lock', text: LOCK, values: [stored] });
}
