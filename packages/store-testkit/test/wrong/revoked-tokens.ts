import type { RevokedTokenStore, Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { setImmediate as tick } from 'node:timers/promises';

/** All flaws of a store for revoked tokens. Without a flaw it is correct. */
export type RevokedTokenFlaw =
  | 'fails when a token is added at once'
  | 'forgets the realm'
  | 'compares loosely'
  | 'lists a moment too long'
  | 'lists every realm'
  | 'lists past the limit'
  | 'knows no token that has expired'
  | 'puts off the end'
  | 'brings the end forward'
  | 'sweeps a moment late';

interface Entry {
  readonly realm: string;
  readonly id: string;
  readonly expiresAt: number;
}

/** Stores in memory, with a revoked token store that may have one flaw. */
export function storesWithRevokedTokens(flaw?: RevokedTokenFlaw): Stores {
  const entries = new Map<string, Entry>();
  const place = (realm: string, id: string): string => {
    const parts = flaw === 'forgets the realm' ? [id] : [realm, id];
    return JSON.stringify(flaw === 'compares loosely' ? parts.map((part) => part.toLowerCase()) : parts);
  };
  const end = (former: number, expiresAt: number): number => {
    if (flaw === 'puts off the end') return Math.max(former, expiresAt);
    return flaw === 'brings the end forward' ? Math.min(former, expiresAt) : former;
  };
  const revokedTokens: RevokedTokenStore = {
    add: async (realm, id, expiresAt) => {
      const former = entries.get(place(realm, id));
      if (flaw === 'fails when a token is added at once') {
        await tick();
        if (former === undefined && entries.has(place(realm, id))) throw new Error('duplicate key');
      }
      entries.set(place(realm, id), {
        realm,
        id,
        expiresAt: former === undefined ? expiresAt : end(former.expiresAt, expiresAt),
      });
      return former === undefined ? 'added' : 'known';
    },
    has: async (realm, id) => {
      const entry = entries.get(place(realm, id));
      const isGone = flaw === 'knows no token that has expired' && Number(entry?.expiresAt) <= Date.now();
      return entry !== undefined && !isGone;
    },
    list: async (realm, now, limit) =>
      [...entries.values()]
        .filter((entry) => entry.realm === realm || flaw === 'lists every realm')
        .filter(({ expiresAt }) => expiresAt > (flaw === 'lists a moment too long' ? now - 1 : now))
        .map(({ id }) => id)
        .slice(0, flaw === 'lists past the limit' ? undefined : limit),
  };
  const stores = createMemoryStores();
  return {
    ...stores,
    revokedTokens,
    sweep: async (now, limit) => {
      const last = flaw === 'sweeps a moment late' ? now - 1 : now;
      const gone = [...entries].filter(([, { expiresAt }]) => expiresAt <= last).slice(0, limit);
      for (const [key] of gone) entries.delete(key);
      return gone.length + (await stores.sweep(now, limit));
    },
  };
}
