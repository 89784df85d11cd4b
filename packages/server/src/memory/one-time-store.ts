import type { Instant, Sweeper } from '@vestibule/core';
import type { OneTimeStore } from '../code/one-time-store.ts';
import { key } from './key.ts';
import { sweepMap } from './sweep.ts';

/** Keeps one-time values while the process lives. For tests and first steps. */
export function createMemoryOneTimeStore<T>(): OneTimeStore<T> & Sweeper {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: Instant; taken: boolean }>();
  return {
    put: async (realm, id, value, expiresAt) => {
      const place = key(realm, id);
      if (entries.has(place)) return 'exists';
      entries.set(place, { value: structuredClone(value), expiresAt, taken: false });
      return 'stored';
    },
    take: async (realm, id, now) => {
      const entry = entries.get(key(realm, id));
      if (entry === undefined || entry.taken || entry.expiresAt <= now) return undefined;
      entry.taken = true;
      return structuredClone(entry.value);
    },
    sweep: async (now, limit) => sweepMap(entries, ({ expiresAt }) => expiresAt, now, limit),
  };
}
