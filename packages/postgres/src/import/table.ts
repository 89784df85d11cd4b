/** A value of an imported row. */
export type ImportedValue = string | number | null;

/** A table of another database, with the same names. Values are unchanged, whatever their text is. */
export interface ImportedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The number of rows. */
  readonly count: number;
  /** All rows, from the first one at each call, with their values in the order of the columns. */
  rows(): Iterable<readonly ImportedValue[]>;
}

/** The existing tables, each with its columns and their types. */
export type Schema = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function* batches<T>(items: Iterable<T>, size: number): Iterable<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
