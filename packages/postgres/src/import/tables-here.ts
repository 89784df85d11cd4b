import type { Queryable } from '../database/statement.ts';
import { createDigester, type Digest } from './digest.ts';
import type { ImportedTable, ImportedValue, Schema } from './table.ts';

/** How many rows are read or written at once. */
export const BATCH = 500;

interface ColumnRow {
  readonly table_name: string;
  readonly column_name: string;
  readonly data_type: string;
}

/**
 * The tables with data: all except the schema's version, the leases of running nodes, and what triggers count. Views have
 * none.
 */
export async function readSchema(transaction: Queryable): Promise<Schema> {
  const { rows } = await transaction.query<ColumnRow>({
    text: `
      SELECT table_name::text, column_name::text, data_type::text
      FROM information_schema.columns JOIN information_schema.tables USING (table_catalog, table_schema, table_name)
      WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
        AND table_name NOT IN ('schema_version', 'leases', 'active_clients')
      ORDER BY table_name, ordinal_position`,
  });
  const schema = new Map<string, Map<string, string>>();
  for (const { table_name: table, column_name: column, data_type: type } of rows) {
    const columns = schema.get(table) ?? new Map<string, string>();
    schema.set(table, columns.set(column, type));
  }
  return schema;
}

/** The types of a table's columns. @throws Error if the table or a column does not exist */
export function typesOf(schema: Schema, { name, columns }: ImportedTable): ReadonlyMap<string, string> {
  const types = schema.get(name);
  if (types === undefined) throw new Error(`There is no table ${name} to import into.`);
  const unknown = columns.find((column) => !types.has(column));
  if (unknown !== undefined) throw new Error(`There is no column ${unknown} of ${name} to import into.`);
  return types;
}

export async function hasRows(transaction: Queryable, table: string): Promise<boolean> {
  const { rowCount } = await transaction.query({ text: `SELECT 1 FROM "${table}" LIMIT 1` });
  return rowCount > 0;
}

export async function insertRows(
  transaction: Queryable,
  { name, columns }: ImportedTable,
  types: ReadonlyMap<string, string>,
  rows: readonly (readonly ImportedValue[])[],
): Promise<void> {
  const lists = columns.map((column, index) => `$${index + 1}::${types.get(column)}[]`);
  await transaction.query({
    text: `INSERT INTO "${name}" (${quoted(columns)}) SELECT * FROM unnest(${lists.join(', ')})`,
    values: columns.map((_, index) => rows.map((row) => row[index] ?? null)),
  });
}

/** The checksum of the existing rows. */
export async function digestHere(
  transaction: Queryable,
  { name, columns }: Pick<ImportedTable, 'name' | 'columns'>,
): Promise<Digest> {
  const digester = createDigester();
  await transaction.query({
    text: `DECLARE imported NO SCROLL CURSOR FOR SELECT ${quoted(columns)} FROM "${name}"`,
  });
  for (let more = true; more;) {
    const { rows } = await transaction.query<Readonly<Record<string, ImportedValue>>>({
      text: `FETCH ${BATCH} FROM imported`,
    });
    digester.add(rows.map((row) => columns.map((column) => row[column] ?? null)));
    more = rows.length === BATCH;
  }
  await transaction.query({ text: 'CLOSE imported' });
  return digester.digest();
}

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');
