import type { AuthorizationCode, OneTimeStore } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import type { Stores } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';

/** Everything that a store for codes can get wrong. Without a flaw it is right. */
export type CodeFlaw =
  | 'reads, then writes'
  | 'keeps what it was passed'
  | 'overwrites'
  | 'expires a moment late'
  | 'forgets the realm'
  | 'deletes what was taken'
  | 'looks at a clock'
  | 'sweeps without a limit'
  | 'sweeps a moment late';

interface Entry {
  readonly value: AuthorizationCode;
  readonly expiresAt: number;
  readonly taken: boolean;
}

/** Stores in memory, with codes that may have one flaw. */
export function storesWithCodes(flaw?: CodeFlaw): Stores {
  const entries = new Map<string, Entry>();
  const key = (realm: string, id: string): string =>
    JSON.stringify(flaw === 'forgets the realm' ? [id] : [realm, id]);
  const clock = (now: number): number => (flaw === 'looks at a clock' ? Date.now() : now);

  const codes: OneTimeStore<AuthorizationCode> = {
    put: async (realm, id, value, expiresAt) => {
      if (entries.has(key(realm, id)) && flaw !== 'overwrites') return 'exists';
      if (flaw === 'reads, then writes') await tick();
      const kept = flaw === 'keeps what it was passed' ? value : structuredClone(value);
      entries.set(key(realm, id), { value: kept, expiresAt, taken: false });
      return 'stored';
    },
    take: async (realm, id, now) => {
      const entry = entries.get(key(realm, id));
      if (flaw === 'reads, then writes') await tick();
      const end = (entry?.expiresAt ?? 0) + (flaw === 'expires a moment late' ? 1 : 0);
      if (entry === undefined || entry.taken || end <= clock(now)) return undefined;
      if (flaw === 'deletes what was taken') entries.delete(key(realm, id));
      else entries.set(key(realm, id), { ...entry, taken: true });
      return structuredClone(entry.value);
    },
  };
  const stores = createMemoryStores();
  return {
    ...stores,
    codes,
    sweep: async (now, limit) => {
      const last = flaw === 'sweeps a moment late' ? now - 1 : now;
      const expired = [...entries].filter(([, { expiresAt }]) => expiresAt <= last);
      const gone = expired.slice(0, flaw === 'sweeps without a limit' ? Infinity : limit);
      for (const [place] of gone) entries.delete(place);
      return gone.length + (await stores.sweep(now, limit));
    },
  };
}
