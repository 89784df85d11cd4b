import type { Ledger } from './ledger.ts';
import type { Table } from './table.ts';

/** What most stores do: add a record if it does not exist, find it, and let it expire. */
export interface Records<T> extends Table<T> {
  readonly insert: (record: T) => Promise<'inserted' | 'exists'>;
  readonly find: (...key: readonly string[]) => Promise<T | undefined>;
  /** Deletes at most the given number of records that can be deleted, and returns how many. Call it in an operation. */
  readonly sweep: (mayGo: (record: T) => boolean, limit: number) => number;
}

/**
 * Records of one kind.
 *
 * @param keyOf the parts of a record's key
 * @param clash whether a record conflicts with another one although their keys differ
 */
export function createRecords<T>(
  ledger: Ledger,
  name: string,
  keyOf: (record: T) => readonly string[],
  clash?: (record: T, other: T) => boolean,
): Records<T> {
  const table = ledger.table<T>(name);
  return {
    ...table,
    insert: (record) =>
      ledger.operate(() => {
        const key = keyOf(record);
        if (table.get(...key) !== undefined) return 'exists';
        if (clash !== undefined && table.all().some((other) => clash(record, other))) return 'exists';
        table.set(record, ...key);
        return 'inserted';
      }),
    find: (...key) => ledger.operate(() => table.get(...key)),
    sweep: (mayGo, limit) => {
      const gone = table.all().filter(mayGo).slice(0, limit);
      for (const record of gone) table.delete(...keyOf(record));
      return gone.length;
    },
  };
}
