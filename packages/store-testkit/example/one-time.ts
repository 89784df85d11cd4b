import type { OneTimeStore } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createRecords, type Records } from './records.ts';

interface OneTimeRow<T> {
  readonly realm: string;
  readonly key: string;
  readonly value: T;
  readonly expiresAt: number;
  readonly taken: boolean;
}

export interface OneTime<T> extends OneTimeStore<T>, Pick<Records<OneTimeRow<T>>, 'sweep'> {
  /** Whether a value can be consumed. Call it in an operation, like the next one. */
  readonly isGood: (realm: string, key: string, now: number) => boolean;
  /** Consumes a value. */
  readonly takeNow: (realm: string, key: string, now: number) => T | undefined;
}

/**
 * One-time values: codes and pushed requests. A consumed value stays stored until it is swept, so that it cannot be added
 * again.
 */
export function createOneTime<T>(ledger: Ledger, name: string): OneTime<T> {
  const rows = createRecords<OneTimeRow<T>>(ledger, name, ({ realm, key }) => [realm, key]);
  const good = (realm: string, key: string, now: number): OneTimeRow<T> | undefined => {
    const row = rows.get(realm, key);
    return row === undefined || row.taken || row.expiresAt <= now ? undefined : row;
  };
  const takeNow = (realm: string, key: string, now: number): T | undefined => {
    const row = good(realm, key, now);
    if (row !== undefined) rows.set({ ...row, taken: true }, realm, key);
    return row?.value;
  };
  return {
    sweep: rows.sweep,
    put: async (realm, key, value, expiresAt) => {
      const answer = await rows.insert({ realm, key, value, expiresAt, taken: false });
      return answer === 'inserted' ? 'stored' : 'exists';
    },
    isGood: (realm, key, now) => good(realm, key, now) !== undefined,
    takeNow,
    find: (realm, key, now) => ledger.operate(() => good(realm, key, now)?.value),
    take: (realm, key, now) => ledger.operate(() => takeNow(realm, key, now)),
  };
}
