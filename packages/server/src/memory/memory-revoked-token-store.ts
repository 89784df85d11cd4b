import type { Instant, Sweeper } from '@vestibule/core';
import type { RevokedTokenStore } from '../ports/revoked-token-store.ts';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores revoked tokens in memory. For tests and examples. */
export const createMemoryRevokedTokenStore = (): RevokedTokenStore & Sweeper =>
  promised(createRevokedTokenTable(createJournal()));

/** Revoked tokens in memory. */
export function createRevokedTokenTable(journal: Journal): Synchronous<RevokedTokenStore & Sweeper> {
  const revoked = journal.map<{ readonly realm: string; readonly id: string; readonly expiresAt: Instant }>();
  return {
    add: (realm, id, expiresAt) => {
      const place = key(realm, id);
      if (revoked.has(place)) return 'known';
      revoked.set(place, { realm, id, expiresAt });
      return 'added';
    },
    has: (realm, id) => revoked.has(key(realm, id)),
    list: (realm, now, limit) =>
      [...revoked.values()]
        .filter((token) => token.realm === realm && token.expiresAt > now)
        .map(({ id }) => id)
        .toSorted()
        .slice(0, limit),
    sweep: (now, limit) => sweepMap(revoked, ({ expiresAt }) => expiresAt, now, limit),
  };
}
