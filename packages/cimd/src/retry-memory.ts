import { after, type Clock, type Instant, type Seconds } from '@vestibule/core';

/** How long nothing is tried after the first failure, and after many in a row, in seconds. */
const SHORTEST: Seconds = 30;
const LONGEST: Seconds = 300;

/** What failed and when to try it again, in this process only. Each failure is followed by a rest, twice as long as the one before. */
export interface RetryMemory {
  /** How long not to try, in seconds, rounded up. 0: it can be tried again. Absent: it did not fail, or worked since. */
  restOf(key: string): Seconds | undefined;
  /** Notes a failure. Those of attempts that began before the rest count once. */
  failed(key: string): void;
  worked(key: string): void;
}

interface Failure {
  readonly rest: Seconds;
  readonly until: Instant;
}

/**
 * Creates an empty memory.
 *
 * @param most the number of keys that are remembered; a further one replaces the one that failed first
 */
export function createRetryMemory(clock: Clock, most = 1_000): RetryMemory {
  const failures = new Map<string, Failure>();
  const restOf = (key: string): Seconds | undefined => {
    const failure = failures.get(key);
    if (failure === undefined) return undefined;
    const left = Math.ceil((failure.until - clock()) / 1_000);
    // A clock that was set back also ends a rest.
    return left > failure.rest ? 0 : Math.max(0, left);
  };
  return {
    restOf,
    failed(key) {
      const rest = restOf(key);
      if (rest !== undefined && rest > 0) return;
      const before = failures.get(key);
      const next = before === undefined ? SHORTEST : Math.min(LONGEST, before.rest * 2);
      failures.delete(key);
      const [oldest] = failures.keys();
      if (failures.size >= most && oldest !== undefined) failures.delete(oldest);
      failures.set(key, { rest: next, until: after(clock(), next) });
    },
    worked: (key) => void failures.delete(key),
  };
}
