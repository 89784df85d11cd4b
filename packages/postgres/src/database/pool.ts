import { Pool, TypeOverrides } from 'pg';
import { fromStored } from './text.ts';

/** PostgreSQL type numbers. */
const BIGINT = 20;
const TEXT = 25;

/** How much longer than the server a client waits for a statement, in milliseconds, in case the server does not respond. */
const GRACE = 1_000;

export interface PoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
}

/** Creates a connection pool with its own types and timeouts. An idle connection that breaks is dropped silently.
 * A connection sends a statement without waiting for the results of those before it. */
export function createPool({ url, maxConnections, connectTimeout, statementTimeout }: PoolOptions): Pool {
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
  });
  pool.on('error', () => undefined);
  return pool;
}
