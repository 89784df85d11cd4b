import type { CoreChange, Instant, Seconds } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import { hash } from 'node:crypto';

export interface QuotaWrites {
  /** Uses a limit once. Returns how long to wait if its current window has no use left. */
  readonly reserveQuota: (quota: Quota) => Seconds | undefined;
}

type Quota = Omit<Extract<CoreChange, { readonly kind: 'quota.reserve' }>, 'kind'>;

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
    reserveQuota: ({ key, partOf, limit: { uses, seconds }, at }) => {
      const stored = storedKey(key, partOf);
      const opened = at + seconds * 1_000;
      if (uses > 0 && use.run(stored, opened, at, at, at, uses).changes === 1) return undefined;
      const ends = select.get(stored, at)?.expire ?? opened;
      return Math.max(1, Math.ceil((ends - at) / 1_000));
    },
  };
}

/** The characters that the stored keys of a limit and of its shares have in common: 72 bits. */
const SHARED = 12;

/** The hash of a key. That of a share begins as that of the whole limit does, so that both are in the same page. */
function storedKey(key: string, partOf: string | undefined): string {
  const own = hash('sha256', key, 'base64url');
  return partOf === undefined ? own : hash('sha256', partOf, 'base64url').slice(0, SHARED) + own;
}
