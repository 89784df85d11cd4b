import type { Limit } from '../ports/rate-limiter.ts';
import type { Instant, Seconds } from '../time.ts';

/** Whether a use of a key is within its limit. */
export type Counted =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly retryAfter: Seconds;
      /** Whether it is the first refusal of its window. Only that one is recorded. */
      readonly isFirst: boolean;
    };

/**
 * Counts uses of keys in this process only, in fixed windows: for requests that are so frequent that counting them in the
 * database would cost as much as responding to them.
 */
export interface ProcessCounts {
  use(key: string, limit: Limit, now: Instant): Counted;
  /** Takes one use back, for a request that changed nothing. Nothing happens if its window is over. */
  takeBack(key: string, now: Instant): void;
}

interface Window {
  readonly endsAt: Instant;
  uses: number;
}

/** @param maxKeys the number of keys; an additional one replaces the one whose window began first */
export function createProcessCounts(maxKeys = 100_000): ProcessCounts {
  const windows = new Map<string, Window>();

  function windowOf(key: string, seconds: Seconds, now: Instant): Window {
    const known = windows.get(key);
    // A clock that was set back also ends a window.
    if (known !== undefined && known.endsAt > now && known.endsAt <= now + seconds * 1_000) return known;
    windows.delete(key);
    const [oldest] = windows.keys();
    if (windows.size >= maxKeys && oldest !== undefined) windows.delete(oldest);
    const window = { endsAt: now + seconds * 1_000, uses: 0 };
    windows.set(key, window);
    return window;
  }

  return {
    use(key, { uses, seconds }, now) {
      const window = windowOf(key, seconds, now);
      window.uses += 1;
      if (window.uses <= uses) return { allowed: true };
      const retryAfter = Math.max(1, Math.ceil((window.endsAt - now) / 1_000));
      return { allowed: false, retryAfter, isFirst: window.uses === uses + 1 };
    },
    takeBack(key, now) {
      const window = windows.get(key);
      if (window !== undefined && window.endsAt > now && window.uses > 0) window.uses -= 1;
    },
  };
}
