import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { SqliteValue } from '../database/statement.ts';
import { MIGRATIONS } from '../schema/migrations.ts';
import { explained, isBusy } from '../database/advice.ts';

/** A table for sequential reading. */
export interface ExportedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The number of rows. */
  readonly count: number;
  /** The rows, each with its values in the order of the columns. Can be called again. */
  rows(): Iterable<readonly SqliteValue[]>;
}

/** All rows of a database, read while no other process can write. */
export interface DatabaseExport {
  /** Every table with data of its own, with referenced tables first. */
  readonly tables: readonly ExportedTable[];
  /** Allows other processes to write again. */
  close(): void;
}

/**
 * With referenced tables first. Leases are left out, because their holders have stopped, and so are the numbers that triggers
 * count.
 */
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
  'finished_sign_ins',
  'replays',
  'revoked_tokens',
  'sessions',
  'signing_keys',
  'provider_tokens',
  'audit_events',
  'rate_limits',
] as const;

/**
 * Reads a whole database for a move. Until the export is closed no other process can open the database, so that no write is
 * lost; the file is unchanged.
 *
 * @throws Error that says what to do, if no Vestibule database exists at `path`, another version wrote it, or another
 * program has it open
 */
export function exportDatabase(path: string): DatabaseExport {
  if (!existsSync(path)) throw new Error(`There is no database ${path}.`);
  const connection = new Database(path, { timeout: 0, fileMustExist: true });
  try {
    // In this mode SQLite locks the whole file at the first read, or fails.
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

function tableOf(connection: Database.Database, name: string): ExportedTable {
  const count = connection.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0;
  const select = connection.prepare<[], SqliteValue[]>(`SELECT * FROM ${name}`).raw();
  const columns = select.columns().map((column) => column.name);
  return { name, columns, count, rows: () => select.iterate() };
}
