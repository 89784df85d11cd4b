import type { CoreChange, Instant, Seconds } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import { hash } from 'node:crypto';

export interface QuotaWrites {
  /** Uses a limit once. Returns how long to wait if its current window has no use left. */
  readonly reserveQuota: (quota: Quota) => Seconds | undefined;
  /** Begins a commit. The returned function takes back what it used, beside the rollback of the table. */
  readonly beginQuotas: () => () => void;
  /** Writes what was counted to the table, before something else uses the table or the transaction ends. */
  readonly writeQuotas: () => void;
  /** Forgets what was counted: the transaction was rolled back. */
  readonly forgetQuotas: () => void;
}

type Quota = Omit<Extract<CoreChange, { readonly kind: 'quota.reserve' }>, 'kind'>;

/** A limit that was used in the transaction. */
interface Used {
  /** Its key in the table. */
  readonly stored: string;
  /** Its uses in its window. Absent: the table has them. */
  readonly counted?: Counted;
}

interface Counted {
  readonly points: number;
  readonly expire: Instant;
}

/**
 * Uses of limits, in the table of the rate limiter. Keys are stored as hashes: they contain addresses and request data.
 *
 * The first use of a limit in a transaction is written at once: most limits are used once. Requests of one turn share the
 * others, such as that of the realm: these are counted here, and written once.
 */
export function quotaWrites(database: Database): QuotaWrites {
  const use = database.prepare<[string, Instant, Instant, Instant, Instant, number]>(`
    INSERT INTO rate_limits (key, points, expire) VALUES (?, 1, ?)
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN expire <= ? THEN 1 ELSE points + 1 END,
      expire = CASE WHEN expire <= ? THEN excluded.expire ELSE expire END
    WHERE expire <= ? OR points < ?`);
  const select = database.prepare<[string], Counted>('SELECT points, expire FROM rate_limits WHERE key = ?');
  const write = database.prepare<[number, Instant, string]>(
    'UPDATE rate_limits SET points = ?, expire = ? WHERE key = ?',
  );
  let used = new Map<string, Used>();
  /** What the current commit changed in `used`: each key with its value before. */
  let changed: [string, Used | undefined][] = [];

  function note(key: string, next: Used): void {
    changed.push([key, used.get(key)]);
    used.set(key, next);
  }

  /** A map that is cleared would be kept from the garbage collection that is made often. */
  function forgetQuotas(): void {
    used = new Map();
  }

  /** The key in the table: a hash. That of a share begins as that of the whole limit does, so that both are in the same page. */
  function storedKey(key: string, partOf: string | undefined): string {
    const own = hashOf(key);
    return partOf === undefined ? own : (used.get(partOf)?.stored ?? hashOf(partOf)).slice(0, SHARED) + own;
  }

  return {
    reserveQuota: ({ key, partOf, limit: { uses, seconds }, at }) => {
      const name = partOf === undefined ? key : `${partOf}\n${key}`;
      const opened = at + seconds * 1_000;
      const known = used.get(name);
      const stored = known?.stored ?? storedKey(key, partOf);
      if (uses > 0 && known === undefined && use.run(stored, opened, at, at, at, uses).changes === 1) {
        note(name, { stored });
        return undefined;
      }
      const { points, expire } = known?.counted ?? select.get(stored) ?? { points: 0, expire: opened };
      const isOver = expire <= at;
      if (uses > 0 && (isOver || points < uses)) {
        note(name, {
          stored,
          counted: isOver ? { points: 1, expire: opened } : { points: points + 1, expire },
        });
        return undefined;
      }
      return Math.max(1, Math.ceil(((isOver ? opened : expire) - at) / 1_000));
    },
    beginQuotas() {
      const own: typeof changed = [];
      changed = own;
      return () => {
        for (const [key, before] of own.toReversed()) {
          if (before === undefined) used.delete(key);
          else used.set(key, before);
        }
      };
    },
    writeQuotas() {
      for (const { stored, counted } of used.values()) {
        if (counted !== undefined) write.run(counted.points, counted.expire, stored);
      }
      forgetQuotas();
    },
    forgetQuotas,
  };
}

/** The characters that the stored keys of a limit and of its shares have in common: 72 bits. */
const SHARED = 12;

const hashOf = (key: string): string => hash('sha256', key, 'base64url');
