import type { Instant, Sweeper } from '@vestibule/core';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import type { OneTimeStore } from '../ports/one-time-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores one-time values in memory. For tests and examples. */
export const createMemoryOneTimeStore = <T>(): OneTimeStore<T> & Sweeper =>
  promised(createOneTimeTable<T>(createJournal()));

interface Entry<T> {
  readonly value: T;
  readonly expiresAt: Instant;
  readonly isTaken: boolean;
}

/** One-time values in memory. */
export function createOneTimeTable<T>(journal: Journal): Synchronous<OneTimeStore<T> & Sweeper> {
  const entries = journal.map<Entry<T>>();
  const find = (realm: string, id: string, now: Instant): Entry<T> | undefined => {
    const entry = entries.get(key(realm, id));
    return entry === undefined || entry.isTaken || entry.expiresAt <= now ? undefined : entry;
  };
  return {
    put: (realm, id, value, expiresAt) => {
      const place = key(realm, id);
      if (entries.has(place)) return 'exists';
      entries.set(place, { value: structuredClone(value), expiresAt, isTaken: false });
      return 'stored';
    },
    find: (realm, id, now) => structuredClone(find(realm, id, now)?.value),
    take: (realm, id, now) => {
      const entry = find(realm, id, now);
      if (entry === undefined) return undefined;
      entries.set(key(realm, id), { ...entry, isTaken: true });
      return structuredClone(entry.value);
    },
    sweep: (now, limit) => sweepMap(entries, ({ expiresAt }) => expiresAt, now, limit),
  };
}
