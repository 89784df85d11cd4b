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

/**
 * What may be used once: codes, pushed requests. One that was taken stays where it is until it is swept, so that nobody can
 * put it again.
 */
export function createOneTime<T>(
  ledger: Ledger,
  name: string,
): OneTimeStore<T> & Pick<Records<OneTimeRow<T>>, 'sweep'> {
  const rows = createRecords<OneTimeRow<T>>(ledger, name, ({ realm, key }) => [realm, key]);
  return {
    sweep: rows.sweep,
    put: async (realm, key, value, expiresAt) => {
      const answer = await rows.insert({ realm, key, value, expiresAt, taken: false });
      return answer === 'inserted' ? 'stored' : 'exists';
    },
    take: (realm, key, now) =>
      ledger.operate(() => {
        const row = rows.get(realm, key);
        if (row === undefined || row.taken || row.expiresAt <= now) return undefined;
        rows.set({ ...row, taken: true }, realm, key);
        return row.value;
      }),
  };
}
