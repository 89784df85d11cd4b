import type { Sweeper } from '@vestibule/core';
import type { Synchronous } from '@vestibule/core/memory';
import type { OneTimeStore } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createTable } from './table.ts';

interface OneTimeRow<T> {
  readonly realm: string;
  readonly key: string;
  readonly value: T;
  readonly expiresAt: number;
  readonly taken: boolean;
}

/**
 * One-time values: codes and pushed requests. A consumed value stays stored until it is swept, so that it cannot be added
 * again.
 */
export function createOneTime<T>(ledger: Ledger, name: string): Synchronous<OneTimeStore<T> & Sweeper> {
  const rows = createTable<OneTimeRow<T>>(ledger, name, ({ realm, key }) => [realm, key]);
  const good = (realm: string, key: string, now: number): OneTimeRow<T> | undefined => {
    const row = rows.find(realm, key);
    return row === undefined || row.taken || row.expiresAt <= now ? undefined : row;
  };
  return {
    put: (realm, key, value, expiresAt) =>
      rows.insert({ realm, key, value, expiresAt, taken: false }) === 'inserted' ? 'stored' : 'exists',
    find: (realm, key, now) => good(realm, key, now)?.value,
    take: (realm, key, now) => {
      const row = good(realm, key, now);
      if (row !== undefined) rows.set({ ...row, taken: true });
      return row?.value;
    },
    sweep: (now, limit) => rows.remove(({ expiresAt }) => expiresAt <= now, limit),
  };
}
