import type { Instant } from '../time.ts';

/** Deletes at most so many entries that have expired, and says how many went. */
export function sweepMap<T extends { readonly expiresAt: Instant }>(
  entries: Map<string, T>,
  now: Instant,
  limit: number,
): number {
  const expired = [...entries].filter(([, { expiresAt }]) => expiresAt <= now).slice(0, limit);
  for (const [place] of expired) entries.delete(place);
  return expired.length;
}
