import type { Ledger } from './ledger.ts';

/** Rows of one kind. What is found is a copy. Call the methods in an operation of the ledger. */
export interface Table<Row> {
  readonly find: (...key: readonly string[]) => Row | undefined;
  readonly all: () => readonly Row[];
  /** Adds or replaces a row. */
  readonly set: (row: Row) => void;
  /** Adds a row if no row has its key or conflicts with it. */
  readonly insert: (row: Row) => 'inserted' | 'exists';
  /** Deletes a row if it exists. */
  readonly delete: (...key: readonly string[]) => void;
  /** Deletes at most the given number of rows that can be deleted. Returns how many. */
  readonly remove: (mayGo: (row: Row) => boolean, limit?: number) => number;
}

/**
 * A table. Rows are stored as JSON, so that no caller holds a reference to a stored object; keys are JSON as well, so that
 * their parts cannot be confused.
 *
 * @param keyOf the parts of a row's key
 * @param clash whether a row conflicts with another one although their keys differ
 */
export function createTable<Row>(
  { rows, write }: Ledger,
  name: string,
  keyOf: (row: Row) => readonly string[],
  clash: (row: Row, other: Row) => boolean = () => false,
): Table<Row> {
  const place = (key: readonly string[]): string => JSON.stringify([name, ...key]);
  const prefix = JSON.stringify([name, '']).slice(0, -2);
  const table: Table<Row> = {
    find: (...key) => {
      const json = rows.get(place(key));
      return json === undefined ? undefined : JSON.parse(json);
    },
    all: () => [...rows].filter(([key]) => key.startsWith(prefix)).map(([, json]): Row => JSON.parse(json)),
    set: (row) => write([place(keyOf(row)), JSON.stringify(row)]),
    insert: (row) => {
      if (table.find(...keyOf(row)) !== undefined || table.all().some((other) => clash(row, other))) {
        return 'exists';
      }
      table.set(row);
      return 'inserted';
    },
    delete: (...key) => {
      if (rows.has(place(key))) write([place(key), null]);
    },
    remove: (mayGo, limit = Infinity) => {
      const gone = table.all().filter(mayGo).slice(0, limit);
      for (const row of gone) table.delete(...keyOf(row));
      return gone.length;
    },
  };
  return table;
}
