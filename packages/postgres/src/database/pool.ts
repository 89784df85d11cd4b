import { Pool, TypeOverrides } from 'pg';
import { fromStored } from './text.ts';

/** Types by number, as PostgreSQL knows them. */
const BIGINT = 20;
const TEXT = 25;

/** How much longer than the server a client waits for a statement, in milliseconds: for servers that say nothing. */
const GRACE = 1_000;

export interface PoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
}

/** Connections with types and timeouts of their own. One that breaks while it waits is dropped, and that is all. */
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
    types,
  });
  pool.on('error', () => undefined);
  return pool;
}
