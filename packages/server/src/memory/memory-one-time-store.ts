import type { Instant, Sweeper } from '@vestibule/core';
import type { OneTimeStore } from '../ports/one-time-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** One-time values in memory, with what another store in memory needs to consume one together with its own change. */
export interface MemoryOneTimeStore<T> extends OneTimeStore<T>, Sweeper {
  /** Whether the value can be consumed, synchronously. */
  has(realm: string, key: string, now: Instant): boolean;
}

/** Stores one-time values in memory. For tests and examples. */
export function createMemoryOneTimeStore<T>(): MemoryOneTimeStore<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: Instant; taken: boolean }>();
  const find = (realm: string, id: string, now: Instant) => {
    const entry = entries.get(key(realm, id));
    return entry === undefined || entry.taken || entry.expiresAt <= now ? undefined : entry;
  };
  return {
    put: async (realm, id, value, expiresAt) => {
      const place = key(realm, id);
      if (entries.has(place)) return 'exists';
      entries.set(place, { value: structuredClone(value), expiresAt, taken: false });
      return 'stored';
    },
    has: (realm, id, now) => find(realm, id, now) !== undefined,
    find: async (realm, id, now) => structuredClone(find(realm, id, now)?.value),
    take: async (realm, id, now) => {
      const entry = find(realm, id, now);
      if (entry === undefined) return undefined;
      entry.taken = true;
      return structuredClone(entry.value);
    },
    sweep: async (now, limit) => sweepMap(entries, ({ expiresAt }) => expiresAt, now, limit),
  };
}
