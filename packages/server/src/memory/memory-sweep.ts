import type { Instant } from '@vestibule/core';

/** Deletes at most the given number of expired entries and returns how many it deleted. */
export function sweepMap<T>(
  entries: Map<string, T>,
  expiresAt: (entry: T) => Instant,
  now: Instant,
  limit: number,
): number {
  const expired = [...entries].filter(([, entry]) => expiresAt(entry) <= now).slice(0, limit);
  for (const [key] of expired) entries.delete(key);
  return expired.length;
}
