/** A written row: its key and its JSON, or `null` if it is deleted. */
export type Write = readonly [key: string, json: string | null];

/** Rows of one kind, with keys of one or more parts. */
export interface Table<T> {
  readonly get: (...key: readonly string[]) => T | undefined;
  readonly set: (row: T, ...key: readonly string[]) => void;
  /** Deletes a row if it exists. */
  readonly delete: (...key: readonly string[]) => void;
  readonly all: () => readonly T[];
}

/**
 * A table. Rows are stored as JSON, so that no caller holds a reference to a stored object; keys are JSON as well, so that
 * their parts cannot be confused.
 */
export function createTable<T>(
  rows: ReadonlyMap<string, string>,
  name: string,
  write: (write: Write) => void,
): Table<T> {
  const at = (key: readonly string[]): string => JSON.stringify([name, ...key]);
  const prefix = JSON.stringify([name, '']).slice(0, -2);
  return {
    get: (...key) => {
      const json = rows.get(at(key));
      return json === undefined ? undefined : JSON.parse(json);
    },
    set: (row, ...key) => write([at(key), JSON.stringify(row)]),
    delete: (...key) => {
      if (rows.has(at(key))) write([at(key), null]);
    },
    all: () => [...rows].filter(([key]) => key.startsWith(prefix)).map(([, json]): T => JSON.parse(json)),
  };
}
