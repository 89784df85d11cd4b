import type { Limit } from '../ports/rate-limiter.ts';
import type { Instant, Seconds } from '../time.ts';
import type { Journal } from './journal.ts';
import { sweepMap } from './memory-sweep.ts';

/** Uses of limits, in fixed windows. */
export interface QuotaTable {
  /** Uses a key once. @returns how long to wait if no use is left */
  reserve(key: string, limit: Limit, at: Instant): Seconds | undefined;
  /** How often each key was used in its last window. */
  uses(): ReadonlyMap<string, number>;
  sweep(now: Instant, limit: number): number;
}

/** Uses of limits in memory. */
export function createQuotaTable(journal: Journal): QuotaTable {
  const windows = journal.map<{ readonly uses: number; readonly expiresAt: Instant }>();
  return {
    reserve(key, { uses, seconds }, at) {
      const window = windows.get(key);
      const { uses: used, expiresAt } =
        window === undefined || window.expiresAt <= at
          ? { uses: 0, expiresAt: at + seconds * 1_000 }
          : window;
      if (used >= uses) return Math.max(1, Math.ceil((expiresAt - at) / 1_000));
      windows.set(key, { uses: used + 1, expiresAt });
      return undefined;
    },
    uses: () => new Map([...windows].map(([key, { uses }]) => [key, uses])),
    sweep: (now, limit) => sweepMap(windows, now, limit),
  };
}
