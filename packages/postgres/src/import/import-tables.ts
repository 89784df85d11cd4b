import type { Database } from '../database/database.ts';
import type { Queryable } from '../database/statement.ts';
import { LOCK_SCHEMA } from '../schema/lock.ts';
import { createDigester, type Digest, sameDigest } from './digest.ts';
import { batches, type ImportedTable, type Schema } from './table.ts';
import { BATCH, digestHere, hasRows, insertRows, readSchema, typesOf } from './tables-here.ts';

/** How far the import of one table is. */
export interface ImportProgress {
  readonly table: string;
  /** How many of its rows are written. */
  readonly done: number;
  readonly total: number;
}

/** The result of an import. */
export type ImportOutcome =
  | { readonly outcome: 'imported'; readonly rows: number }
  /** The database has exactly these rows. Nothing was changed. */
  | { readonly outcome: 'already-there' }
  /**
   * The database has other rows. `table` is the first one with rows that differ; if there is none, the first one without
   * rows. Nothing was changed.
   */
  | { readonly outcome: 'conflict'; readonly table: string };

/**
 * Imports another database into an empty one, in one transaction. The written rows are read and compared with the source
 * before the commit. Can be repeated: if everything is there, the result says so. No node should write to either database
 * meanwhile; a node that starts waits for the end.
 *
 * @param tables in an order in which each follows the tables that it references; a missing one counts as empty
 * @param onProgress called after each batch of rows; an exception ends the import
 * @throws Error if a table returns other rows than it counts, or has other rows after writing; nothing is changed then
 */
export function importTables(
  database: Database,
  tables: readonly ImportedTable[],
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportOutcome> {
  return database.transaction(
    async (transaction) => {
      await transaction.query(LOCK_SCHEMA);
      const schema = await readSchema(transaction);
      const given = tables.map((table) => ({ table, types: typesOf(schema, table) }));
      if (await isOccupied(transaction, schema)) return compare(transaction, schema, tables);
      let rows = 0;
      for (const { table, types } of given) {
        const digest = await write(transaction, table, types, onProgress);
        if (!sameDigest(digest, await digestHere(transaction, table))) {
          throw new Error(`What was written to ${table.name} is not what was given; nothing was imported.`);
        }
        rows += digest.rows;
      }
      return { outcome: 'imported', rows };
    },
    { patient: true },
  );
}

async function write(
  transaction: Queryable,
  table: ImportedTable,
  types: ReadonlyMap<string, string>,
  onProgress: (progress: ImportProgress) => void,
): Promise<Digest> {
  const digester = createDigester();
  for (const rows of batches(table.rows(), BATCH)) {
    await insertRows(transaction, table, types, rows);
    digester.add(rows);
    onProgress({ table: table.name, done: digester.digest().rows, total: table.count });
  }
  const digest = digester.digest();
  if (digest.rows !== table.count) {
    throw new Error(
      `${table.name} gave ${digest.rows} rows and counts ${table.count}; nothing was imported. Stop whatever writes to it.`,
    );
  }
  return digest;
}

async function isOccupied(transaction: Queryable, schema: Schema): Promise<boolean> {
  for (const name of schema.keys()) if (await hasRows(transaction, name)) return true;
  return false;
}

async function compare(
  transaction: Queryable,
  schema: Schema,
  tables: readonly ImportedTable[],
): Promise<ImportOutcome> {
  let empty: string | undefined;
  for (const table of tables) {
    const digester = createDigester();
    digester.add(table.rows());
    const here = await digestHere(transaction, table);
    if (sameDigest(digester.digest(), here)) continue;
    if (here.rows > 0) return { outcome: 'conflict', table: table.name };
    empty ??= table.name;
  }
  const given = new Set(tables.map(({ name }) => name));
  for (const name of schema.keys()) {
    if (!given.has(name) && (await hasRows(transaction, name))) return { outcome: 'conflict', table: name };
  }
  return empty === undefined ? { outcome: 'already-there' } : { outcome: 'conflict', table: empty };
}
