import type { Instant, Limit, Seconds } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import { hash } from 'node:crypto';

export interface QuotaWrites {
  /** Uses a limit once. Returns how long to wait if its current window has no use left. */
  readonly reserveQuota: (key: string, limit: Limit, at: Instant) => Seconds | undefined;
}

/** Uses of limits, in the table of the rate limiter. Keys are stored as hashes: they contain addresses and request data. */
export function quotaWrites(database: Database): QuotaWrites {
  const use = database.prepare<[string, Instant, Instant, Instant, Instant, number]>(`
    INSERT INTO rate_limits (key, points, expire) VALUES (?, 1, ?)
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN expire <= ? THEN 1 ELSE points + 1 END,
      expire = CASE WHEN expire <= ? THEN excluded.expire ELSE expire END
    WHERE expire <= ? OR points < ?`);
  const select = database.prepare<[string, Instant], { readonly expire: Instant }>(
    'SELECT expire FROM rate_limits WHERE key = ? AND expire > ?',
  );
  return {
    reserveQuota: (key, { uses, seconds }, at) => {
      const stored = hash('sha256', key, 'base64url');
      const opened = at + seconds * 1_000;
      if (uses > 0 && use.run(stored, opened, at, at, at, uses).changes === 1) return undefined;
      const ends = select.get(stored, at)?.expire ?? opened;
      return Math.max(1, Math.ceil((ends - at) / 1_000));
    },
  };
}
