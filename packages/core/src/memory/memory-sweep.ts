import type { Instant } from '../time.ts';

/** Deletes at most the given number of expired entries and returns how many it deleted. */
export function sweepMap<T extends { readonly expiresAt: Instant }>(
  entries: Map<string, T>,
  now: Instant,
  limit: number,
): number {
  const expired = [...entries].filter(([, { expiresAt }]) => expiresAt <= now).slice(0, limit);
  for (const [place] of expired) entries.delete(place);
  return expired.length;
}
