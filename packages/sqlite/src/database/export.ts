import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { SqliteValue } from './statement.ts';
import { MIGRATIONS } from '../schema/migrations.ts';
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
  /** Every table but `leases`, those first that others refer to. */
  readonly tables: readonly ExportedTable[];
  /** Lets others write again. */
  close(): void;
}

/** In an order in which what is referred to comes first. Leases stay behind: whoever held one has stopped. */
const TABLES = [
  'realms',
  'people',
  'clients',
  'expired_clients',
  'initial_access_tokens',
  'grants',
  'refresh_tokens',
  'transactions',
  'codes',
  'pushed_requests',
  'replays',
  'revoked_tokens',
  'sessions',
  'signing_keys',
  'audit_events',
  'rate_limits',
] as const;

/**
 * Reads a whole database, to be moved elsewhere. Until the export is closed nobody else can open it, so that nothing is
 * left behind; the file stays as it is.
 *
 * @throws Error that says what to do, where there is no database of ours at `path`, another version wrote it, or another
 * program has it open
 */
export function exportDatabase(path: string): DatabaseExport {
  if (!existsSync(path)) throw new Error(`There is no database ${path}.`);
  const connection = new Database(path, { timeout: 0, fileMustExist: true });
  try {
    // In this mode SQLite takes the whole file at the first look into it, or fails.
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE');
    const version = Number(connection.pragma('user_version', { simple: true }));
    if (version !== MIGRATIONS.length) {
      throw new Error(
        `The database ${path} has schema ${version}, and this version of Vestibule moves schema ${MIGRATIONS.length}. Start this version on it once, and stop it.`,
      );
    }
    return {
      tables: TABLES.map((name) => tableOf(connection, name)),
      close: () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    throw isBusy(error)
      ? new Error(
          `Another program has the database ${path} open. Stop it first: what it writes later would stay behind.`,
        )
      : explained(path, error);
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

function tableOf(connection: Database.Database, name: string): ExportedTable {
  const columns = connection
    .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}')`)
    .pluck()
    .all();
  const count = connection.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0;
  const select = connection.prepare<[], SqliteValue[]>(`SELECT * FROM ${name}`).raw();
  return { name, columns, count, rows: () => select.iterate() };
}
