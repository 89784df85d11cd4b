import type { Instant, Sweeper } from '@vestibule/core';
import type { Journal, Synchronous } from '@vestibule/core/memory';
import type { ProviderTokenStore, StoredProviderTokens } from '../ports/provider-token-store.ts';
import { sweepMap } from './memory-sweep.ts';
import { key } from './record-key.ts';

/**
 * The tokens of a provider in memory.
 *
 * @param isLiving whether a grant is stored, has not ended and expires after that time
 */
export function createProviderTokenTable(
  journal: Journal,
  isLiving: (realm: string, grantId: string, now: Instant) => boolean,
): Synchronous<ProviderTokenStore & Sweeper> {
  const stored = journal.map<StoredProviderTokens>();
  return {
    put: (tokens) => {
      const place = key(tokens.realm, tokens.grantId);
      if ((stored.get(place)?.version ?? 0) !== tokens.version - 1) return 'conflict';
      stored.set(place, { ...tokens });
      return 'stored';
    },
    find: (realm, grantId) => structuredClone(stored.get(key(realm, grantId))),
    listOrphaned: (realm, now, limit) =>
      [...stored.values()]
        .filter((tokens) => tokens.realm === realm && !isLiving(realm, tokens.grantId, now))
        .slice(0, limit),
    remove: (realm, grantId, version) => {
      const place = key(realm, grantId);
      if (stored.get(place)?.version === version) stored.delete(place);
    },
    sweep: (now, limit) => sweepMap(stored, ({ expiresAt }) => expiresAt, now, limit),
  };
}
