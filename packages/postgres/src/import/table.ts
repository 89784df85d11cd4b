export type ImportedValue = string | number | null;

/** A table of another database, with names that are the same here. Values are as they were there, whatever the text. */
export interface ImportedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly count: number;
  /** Every row, from the first one each time it is called, with its values in the order of the columns. */
  rows(): Iterable<readonly ImportedValue[]>;
}

/** The tables there are here, each with its columns and their types. */
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
