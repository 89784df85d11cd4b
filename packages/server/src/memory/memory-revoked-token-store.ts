import type { Instant, Sweeper } from '@vestibule/core';
import type { RevokedTokenStore } from '../ports/revoked-token-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores revoked tokens in memory. For tests and examples. */
export function createMemoryRevokedTokenStore(): RevokedTokenStore & Sweeper {
  const revoked = new Map<
    string,
    { readonly realm: string; readonly id: string; readonly expiresAt: Instant }
  >();
  return {
    add: async (realm, id, expiresAt) => {
      const place = key(realm, id);
      if (revoked.has(place)) return 'known';
      revoked.set(place, { realm, id, expiresAt });
      return 'added';
    },
    has: async (realm, id) => revoked.has(key(realm, id)),
    list: async (realm, now, limit) =>
      [...revoked.values()]
        .filter((token) => token.realm === realm && token.expiresAt > now)
        .map(({ id }) => id)
        .toSorted()
        .slice(0, limit),
    sweep: async (now, limit) => sweepMap(revoked, ({ expiresAt }) => expiresAt, now, limit),
  };
}
