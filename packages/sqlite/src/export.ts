import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { configure } from './connection.ts';
import { openDatabase, type SqliteValue } from './database.ts';
import { explained } from './problems.ts';

/** A table to be read from beginning to end. */
export interface ExportedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly count: number;
  /** The rows, each with its values in the order of the columns. May be asked for again. */
  rows(): Iterable<readonly SqliteValue[]>;
}

export interface DatabaseExport {
  /** Every table, those first that others refer to. */
  readonly tables: readonly ExportedTable[];
  /** Lets others write again. */
  close(): void;
}

/** In an order in which what is referred to comes first. */
const TABLES = [
  'realms',
  'people',
  'clients',
  'grants',
  'refresh_tokens',
  'transactions',
  'codes',
  'sessions',
  'signing_keys',
  'audit_events',
  'rate_limits',
] as const;

/**
 * Reads a whole database, to be moved elsewhere. Its tables are brought up to date first; until the export is closed
 * nobody can write to it, so that nothing is left behind.
 *
 * @throws Error that says what to do, where there is no database of ours at `path`, or somebody is writing to it
 */
export async function exportDatabase(path: string): Promise<DatabaseExport> {
  if (!existsSync(path)) throw new Error(`There is no database ${path}.`);
  await openDatabase({ path }).close();
  try {
    const connection = new Database(path, { timeout: 5_000 });
    configure(connection);
    connection.exec('BEGIN IMMEDIATE');
    return {
      tables: TABLES.map((name) => tableOf(connection, name)),
      close: () => void connection.close(),
    };
  } catch (error) {
    throw explained(path, error);
  }
}

function tableOf(connection: Database.Database, name: string): ExportedTable {
  const columns = connection
    .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}')`)
    .pluck()
    .all();
  const count = connection.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0;
  const select = connection.prepare<[], SqliteValue[]>(`SELECT * FROM ${name}`).raw();
  return { name, columns, count, rows: () => select.iterate() };
}
