import type { Instant, Obtained, Seconds } from '@vestibule/core';
import { createSharedTasks } from './shared-tasks.ts';
import { isForAll } from './wanted-document.ts';

/** Tries to obtain documents, and remembers for a while which could not be obtained. */
export interface RecentFailures {
  /**
   * Obtains a document, unless that failed a short time ago: then the result is the same as it was. Those who ask at the same time share
   * one attempt. A limit that was reached is neither shared nor remembered, because it can be one of the networks of a request.
   */
  unlessRecent(key: string, now: Instant, obtain: () => Promise<Obtained>): Promise<Obtained>;
}

/** How long a failure counts, in seconds: no document is fetched again sooner if it is there. */
const FOR: Seconds = 300;

/** What is remembered. A document that is used stale could not be fetched either. */
const FAILED: ReadonlySet<Obtained['outcome']> = new Set(['refused', 'stale', 'unavailable']);

/** @param most the number of documents; an additional one replaces the one that failed first */
export function createRecentFailures(most = 10_000): RecentFailures {
  const failures = new Map<string, { readonly at: Instant; readonly obtained: Obtained }>();
  const attempts = createSharedTasks(isForAll);

  function remember(key: string, at: Instant, obtained: Obtained): void {
    failures.delete(key);
    const [oldest] = failures.keys();
    if (failures.size >= most && oldest !== undefined) failures.delete(oldest);
    if (FAILED.has(obtained.outcome)) failures.set(key, { at, obtained });
  }

  return {
    async unlessRecent(key, now, obtain) {
      const known = failures.get(key);
      if (known !== undefined && Math.abs(now - known.at) < FOR * 1_000) return known.obtained;
      const obtained = await attempts.share(key, obtain);
      remember(key, now, obtained);
      return obtained;
    },
  };
}
