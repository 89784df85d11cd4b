import type { Sweeper } from '@vestibule/core';
import type { OneTimeStore, Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { setImmediate as tick } from 'node:timers/promises';

/** All flaws of a one-time store. Without a flaw it is correct. */
export type OneTimeFlaw =
  | 'reads, then writes'
  | 'keeps what it was passed'
  | 'overwrites'
  | 'expires a moment late'
  | 'forgets the realm'
  | 'deletes what was taken'
  | 'looks at a clock'
  | 'sweeps without a limit'
  | 'sweeps a moment late';

interface Entry<T> {
  readonly value: T;
  readonly expiresAt: number;
  readonly taken: boolean;
}

/** A store in memory that may have one flaw, and its sweep. */
function createOneTime<T>(flaw?: OneTimeFlaw) {
  const entries = new Map<string, Entry<T>>();
  const key = (realm: string, id: string): string =>
    JSON.stringify(flaw === 'forgets the realm' ? [id] : [realm, id]);
  const clock = (now: number): number => (flaw === 'looks at a clock' ? Date.now() : now);

  const good = (realm: string, id: string, now: number): Entry<T> | undefined => {
    const entry = entries.get(key(realm, id));
    const end = (entry?.expiresAt ?? 0) + (flaw === 'expires a moment late' ? 1 : 0);
    return entry === undefined || entry.taken || end <= clock(now) ? undefined : entry;
  };

  const store: OneTimeStore<T> = {
    find: async (realm, id, now) => structuredClone(good(realm, id, now)?.value),
    put: async (realm, id, value, expiresAt) => {
      if (entries.has(key(realm, id)) && flaw !== 'overwrites') return 'exists';
      if (flaw === 'reads, then writes') await tick();
      const kept = flaw === 'keeps what it was passed' ? value : structuredClone(value);
      entries.set(key(realm, id), { value: kept, expiresAt, taken: false });
      return 'stored';
    },
    take: async (realm, id, now) => {
      const entry = good(realm, id, now);
      if (flaw === 'reads, then writes') await tick();
      if (entry === undefined) return undefined;
      if (flaw === 'deletes what was taken') entries.delete(key(realm, id));
      else entries.set(key(realm, id), { ...entry, taken: true });
      return structuredClone(entry.value);
    },
  };
  const sweep = (now: number, limit: number): number => {
    const last = flaw === 'sweeps a moment late' ? now - 1 : now;
    const expired = [...entries].filter(([, { expiresAt }]) => expiresAt <= last);
    const gone = expired.slice(0, flaw === 'sweeps without a limit' ? Infinity : limit);
    for (const [place] of gone) entries.delete(place);
    return gone.length;
  };
  return {
    ...store,
    sweep: async (now: number, limit: number) => sweep(now, limit),
    has: (realm: string, id: string, now: number) => good(realm, id, now) !== undefined,
  };
}

/** Stores in memory, of which one kind of one-time values may have one flaw. */
export function storesWithOneTime(noun: 'codes' | 'pushedRequests', flaw?: OneTimeFlaw): Stores {
  const stores = createMemoryStores();
  const codes = createOneTime<Parameters<Stores['codes']['put']>[2]>(flaw);
  const pushed = createOneTime<Parameters<Stores['pushedRequests']['put']>[2]>(flaw);
  if (noun === 'pushedRequests') return { ...stores, pushedRequests: pushed, sweep: both(stores, pushed) };
  return { ...stores, codes, sweep: both(stores, codes) };
}

const both =
  (...sweepers: readonly Sweeper[]): Sweeper['sweep'] =>
  async (now, limit) => {
    let count = 0;
    for (const sweeper of sweepers) count += await sweeper.sweep(now, limit);
    return count;
  };

/** Stores both kinds under the same keys. */
export const sharesKeys = ({ codes, pushedRequests }: Stores): Pick<Stores, 'pushedRequests'> => ({
  pushedRequests: {
    ...pushedRequests,
    put: async (realm, key, value, expiresAt) => {
      const least = { grantId: '', redirectUri: '', codeChallenge: '', refreshable: true };
      const answer = await codes.put(realm, key, least, expiresAt);
      return answer === 'exists' ? answer : pushedRequests.put(realm, key, value, expiresAt);
    },
  },
});
