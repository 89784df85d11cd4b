import type { Pool } from 'pg';
import { type ConnectionOptions, withConnection } from './connection.ts';
import { isOutage } from './failure.ts';
import type { Queryable } from './statement.ts';

export interface TransactionOptions {
  /** Takes as long as it takes: migrations and moving house. @default false */
  readonly patient?: boolean;
}

/** The longest that a timer can wait, in milliseconds. */
const FOR_EVER = 2 ** 31 - 1;

/**
 * Does work all or nothing. Whatever the database's default is, the isolation is READ COMMITTED: each statement sees
 * what was committed before it began, and so what others did before a lock was had.
 */
export function runTransaction<T>(
  pool: Pool,
  options: ConnectionOptions,
  { patient = false }: TransactionOptions,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  const patience = patient ? { answerTimeout: FOR_EVER } : {};
  return withConnection(pool, { ...options, ...patience }, async (connection) => {
    await connection.query({ name: 'begin', text: 'BEGIN ISOLATION LEVEL READ COMMITTED' });
    try {
      if (patient) {
        await connection.query({ text: 'SET LOCAL statement_timeout = 0' });
        await connection.query({ text: 'SET LOCAL idle_in_transaction_session_timeout = 0' });
      }
      const result = await work(connection);
      await connection.query({ name: 'commit', text: 'COMMIT' });
      return result;
    } catch (error) {
      // Where the connection is gone, the server rolls back by itself.
      if (!isOutage(error)) await connection.query({ name: 'rollback', text: 'ROLLBACK' });
      throw error;
    }
  });
}
