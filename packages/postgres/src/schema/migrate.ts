import type { Queryable } from '../database/statement.ts';
import { LOCK_SCHEMA } from './lock.ts';
import type { Migration } from './migrations.ts';

interface SchemaVersion {
  readonly version: number;
  readonly compatible_from: number;
}

/** What exists in place of the tables. */
interface Found {
  /** Whether not even a schema exists. */
  readonly nowhere: boolean;
  /** The schemas of the search path as a statement writes them, with `"$user"` for the one with the name of the user. */
  readonly path: string;
  readonly account: string;
  readonly occupied: boolean;
  readonly ours: boolean;
}

/**
 * Migrates the tables in a transaction, one process at a time. A newer schema is unchanged; a node of this version works
 * with it if the schema is marked as compatible.
 *
 * @throws Error if the schema needs a newer version, the tables belong to another program, or no schema exists
 */
export async function migrate(transaction: Queryable, migrations: readonly Migration[]): Promise<void> {
  await transaction.query(LOCK_SCHEMA);
  const { version, compatible_from: compatibleFrom } = await readVersion(transaction);
  const known = migrations.length;
  if (known < compatibleFrom) {
    throw new Error(
      `The database has schema ${version}, which needs a version of Vestibule that knows schema ${compatibleFrom}; this one knows schemas up to ${known}. Start a newer version.`,
    );
  }
  const missing = migrations.slice(version);
  for (const { sql } of missing) await transaction.query({ text: sql });
  const newest = missing.at(-1);
  if (newest === undefined) return;
  const values = [known, newest.compatibleFrom];
  const text =
    version === 0
      ? 'INSERT INTO schema_version (version, compatible_from) VALUES ($1, $2)'
      : 'UPDATE schema_version SET version = $1, compatible_from = $2';
  await transaction.query({ text, values });
}

/** The current version. Creates the table for it in an empty schema. */
async function readVersion(transaction: Queryable): Promise<SchemaVersion> {
  const { rows } = await transaction.query<Found>({
    text: `
      SELECT
        current_schema() IS NULL AS nowhere,
        current_setting('search_path') AS path,
        quote_ident(current_user) AS account,
        EXISTS (
          SELECT 1 FROM information_schema.tables
          WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
        ) AS occupied,
        EXISTS (
          SELECT 1 FROM information_schema.columns
          WHERE table_schema = current_schema() AND table_name = 'schema_version' AND column_name = 'compatible_from'
        ) AS ours`,
  });
  const found = rows[0];
  if (found?.nowhere) throw noSchema(found);
  if (found?.ours) {
    const kept = await transaction.query<SchemaVersion>({
      text: 'SELECT version, compatible_from FROM schema_version',
    });
    if (kept.rows[0] !== undefined) return kept.rows[0];
  }
  if (found?.occupied) {
    throw new Error(
      'The database belongs to another program: it has tables that are not Vestibule’s. Give Vestibule a database or a schema of its own.',
    );
  }
  await transaction.query({
    text: 'CREATE TABLE schema_version (version integer NOT NULL, compatible_from integer NOT NULL)',
  });
  return { version: 0, compatible_from: 0 };
}

function noSchema({ path, account }: Found): Error {
  const names = path.match(/"(?:[^"]|"")*"|[^\s,]+/g) ?? [];
  const name = names.find((candidate) => !['"$user"', '$user', '""'].includes(candidate)) ?? 'public';
  return new Error(
    `The database has no schema ${name} that ${account} may use. Run CREATE SCHEMA ${name} AUTHORIZATION ${account} first; where it is there already, GRANT USAGE, CREATE ON SCHEMA ${name} TO ${account}.`,
  );
}
