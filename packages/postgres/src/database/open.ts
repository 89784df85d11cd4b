import { migrate } from '../schema/migrate.ts';
import { type Migration, MIGRATIONS } from '../schema/migrations.ts';
import { readAddress } from './address.ts';
import type { StatementEvent } from './connection.ts';
import { createDatabase, type Database } from './database.ts';
import { createHosts } from './hosts.ts';
import { createPool } from './pool.ts';
import type { Queryable } from './statement.ts';

/** Options of `openDatabase`. */
export interface DatabaseOptions {
  /**
   * `postgres://user:password@host:port/database`, with reserved characters percent-encoded. `?options=-c search_path=…`
   * selects another schema than `public`. A Unix socket in the form of libpq:
   * `postgres:///database?host=/var/run/postgresql`. The servers of one database, of which one accepts writes:
   * `postgres://user:password@host1:port1,host2:port2/database`.
   */
  readonly url: string;
  /** The largest number of connections of this process. @default 10 */
  readonly maxConnections?: number;
  /**
   * The largest number of statements in progress or waiting for a connection; further ones fail at once as an outage.
   * @default 10000
   */
  readonly maxWaiting?: number;
  /** How long to wait for a connection to each host, in milliseconds. @default 5000 */
  readonly connectTimeout?: number;
  /** How long a statement can take, including waiting for locks, in milliseconds. @default 10000 */
  readonly statementTimeout?: number;
  /** Called after every statement, with its name and without values. Must not throw. */
  readonly onStatement?: (event: StatementEvent) => void;
}

/**
 * Opens a database and migrates its tables; many processes can do so concurrently.
 *
 * @throws StoreUnavailable if it cannot be reached
 * @throws Error if it refuses the connection, lacks the schema of the URL, belongs to another program, or has a schema that
 * this version cannot work with; it is then unchanged
 */
export const openDatabase = (options: DatabaseOptions): Promise<Database> =>
  openDatabaseWith(MIGRATIONS, options);

/** {@link openDatabase} with other migrations, to simulate an older or a newer version. */
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
  const { mustBeWritable } = address;
  const hosts = createHosts(
    address.hosts.map(
      (host) => () =>
        createPool({ url: host, mustBeWritable, maxConnections, connectTimeout, statementTimeout }),
    ),
  );
  const database = createDatabase(hosts, { onStatement });
  try {
    const prepare = async (transaction: Queryable): Promise<void> => {
      await requireUtf8(transaction);
      await migrate(transaction, migrations);
    };
    await database.transaction(prepare, { patient: true });
    return createDatabase(hosts, { onStatement, isOpen: true, maxWaiting });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Names can be in any script, so the encoding must support every character. */
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
