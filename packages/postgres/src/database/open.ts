import { migrate } from '../schema/migrate.ts';
import { type Migration, MIGRATIONS } from '../schema/migrations.ts';
import { readAddress } from './address.ts';
import type { StatementEvent } from './connection.ts';
import { createDatabase, type Database } from './database.ts';
import { createPool } from './pool.ts';
import type { Queryable } from './statement.ts';

export interface DatabaseOptions {
  /**
   * `postgres://user:password@host:port/database`, with reserved characters percent-encoded. With
   * `?options=-c search_path=…`, another schema than `public`. A Unix socket as libpq writes it:
   * `postgres:///database?host=/var/run/postgresql`.
   */
  readonly url: string;
  /** How many connections this process has at most. @default 10 */
  readonly maxConnections?: number;
  /** How much may be under way or wait for a connection at once; past that it fails at once as an outage. @default 10000 */
  readonly maxWaiting?: number;
  /** How long to wait for a connection, a new one or one that comes free, in milliseconds. @default 5000 */
  readonly connectTimeout?: number;
  /** How long a statement may take, waiting for others included, in milliseconds. @default 10000 */
  readonly statementTimeout?: number;
  /** Told of every statement when it is over, by name and without values. Must not throw. */
  readonly onStatement?: (event: StatementEvent) => void;
}

/**
 * Opens a database and brings its tables up to date; many processes may do so at once.
 *
 * @throws StoreUnavailable where it cannot be reached
 * @throws Error where it refuses the connection, lacks the schema of the address, belongs to another program, or was
 * brought to a schema that this version cannot work with; it is then left as it is
 */
export const openDatabase = (options: DatabaseOptions): Promise<Database> =>
  openDatabaseWith(MIGRATIONS, options);

/** {@link openDatabase} with other migrations: what an older or a newer version would do. */
export async function openDatabaseWith(
  migrations: readonly Migration[],
  {
    url,
    maxConnections = 10,
    maxWaiting = 10_000,
    connectTimeout = 5_000,
    statementTimeout = 10_000,
    onStatement,
  }: DatabaseOptions,
): Promise<Database> {
  const address = readAddress(url);
  if (!address.ok) throw new Error(`The address of the database ${address.problem}`);
  const pool = createPool({ url: address.url, maxConnections, connectTimeout, statementTimeout });
  const database = createDatabase(pool, { onStatement });
  try {
    const prepare = async (transaction: Queryable): Promise<void> => {
      await requireUtf8(transaction);
      await migrate(transaction, migrations);
    };
    await database.transaction(prepare, { patient: true });
    return createDatabase(pool, { onStatement, isOpen: true, maxWaiting });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Names are in any script, so every character has to have a place. */
async function requireUtf8(transaction: Queryable): Promise<void> {
  const { rows } = await transaction.query<{ readonly encoding: string }>({
    text: `SELECT current_setting('server_encoding') AS encoding`,
  });
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new Error(
    `The database keeps text as ${encoding}, which has no place for most of the world's letters. Create one with ENCODING 'UTF8'.`,
  );
}
