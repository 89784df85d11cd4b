import { type ClientBase, Pool, TypeOverrides } from 'pg';
import { readOnly } from './failure.ts';
import { fromStored } from './text.ts';

/** PostgreSQL type numbers. */
const BIGINT = 20;
const TEXT = 25;

/** How much longer than the server a client waits for a statement, in milliseconds, in case the server does not respond. */
const GRACE = 1_000;

export interface PoolOptions {
  readonly url: string;
  /** Whether a connection to a server that accepts no writes is refused. */
  readonly mustBeWritable: boolean;
  readonly maxConnections: number;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
}

/** Creates a connection pool with its own types and timeouts. An idle connection that breaks is dropped silently.
 * A connection sends a statement without waiting for the results of those before it. */
export function createPool({
  url,
  mustBeWritable,
  maxConnections,
  connectTimeout,
  statementTimeout,
}: PoolOptions): Pool {
  const types = new TypeOverrides();
  types.setTypeParser(BIGINT, Number);
  types.setTypeParser(TEXT, fromStored);
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + GRACE,
    idle_in_transaction_session_timeout: statementTimeout,
    fallback_application_name: 'vestibule',
    keepAlive: true,
    pipeline: true,
    types,
    ...(mustBeWritable && { onConnect: (client: ClientBase) => requireWritable(client, connectTimeout) }),
  });
  pool.on('error', () => undefined);
  return pool;
}

/** A standby reports the same as a server that is set to be read-only, until it is promoted. */
async function requireWritable(client: ClientBase, timeout: number): Promise<void> {
  const question = { text: 'SHOW transaction_read_only', query_timeout: timeout };
  const { rows } = await client.query<{ readonly transaction_read_only: string }>(question);
  if (rows[0]?.transaction_read_only !== 'off') throw readOnly();
}
