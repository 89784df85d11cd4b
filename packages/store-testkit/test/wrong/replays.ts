import type { ReplayStore, Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { setImmediate as tick } from 'node:timers/promises';

/** All flaws of a replay store. Without a flaw it is correct. */
export type ReplayFlaw =
  | 'reads, then writes'
  | 'forgets the realm'
  | 'compares loosely'
  | 'forgets what has expired'
  | 'puts off the end'
  | 'brings the end forward'
  | 'sweeps without a limit'
  | 'sweeps a moment late';

/** Stores in memory, with a replay store that may have one flaw. */
export function storesWithReplays(flaw?: ReplayFlaw): Stores {
  const noted = new Map<string, number>();
  const place = (realm: string, key: string): string => {
    const parts = flaw === 'forgets the realm' ? [key] : [realm, key];
    return JSON.stringify(flaw === 'compares loosely' ? parts.map((part) => part.toLowerCase()) : parts);
  };
  const replays: ReplayStore = {
    note: async (realm, key, expiresAt) => {
      const end = noted.get(place(realm, key));
      if (flaw === 'reads, then writes') await tick();
      if (end === undefined || (flaw === 'forgets what has expired' && end <= Date.now())) {
        noted.set(place(realm, key), expiresAt);
        return 'first';
      }
      if (flaw === 'puts off the end') noted.set(place(realm, key), Math.max(end, expiresAt));
      if (flaw === 'brings the end forward') noted.set(place(realm, key), Math.min(end, expiresAt));
      return 'repeated';
    },
    has: async (realm, key) => {
      const end = noted.get(place(realm, key));
      return end !== undefined && !(flaw === 'forgets what has expired' && end <= Date.now());
    },
  };
  const stores = createMemoryStores();
  return {
    ...stores,
    replays,
    sweep: async (now, limit) => {
      const last = flaw === 'sweeps a moment late' ? now - 1 : now;
      const expired = [...noted].filter(([, expiresAt]) => expiresAt <= last);
      const gone = expired.slice(0, flaw === 'sweeps without a limit' ? Infinity : limit);
      for (const [key] of gone) noted.delete(key);
      return gone.length + (await stores.sweep(now, limit));
    },
  };
}
