import type { Pool } from 'pg';
import { type ConnectionOptions, withConnection } from './connection.ts';
import { isConflict, isOutage } from './failure.ts';
import type { Queryable, Result, Statement } from './statement.ts';

export interface TransactionOptions {
  /** Takes as long as it takes: migrations and moving house. @default false */
  readonly patient?: boolean;
}

/** The longest that a timer can wait, in milliseconds. */
const FOR_EVER = 2 ** 31 - 1;

/**
 * Does work all or nothing, whatever the work makes of errors: after one that it kept to itself, nothing is done, and
 * that is thrown. Whatever the database's default is, the isolation is READ COMMITTED: each statement sees what was
 * committed before it began, and so what others did before a lock was had.
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
      const watched = watch(connection);
      const result = await work(watched);
      const { command } = await connection.query({ name: 'commit', text: 'COMMIT' });
      if (command !== 'COMMIT') throw rolledBack(watched.failure());
      return result;
    } catch (error) {
      // Where the connection is gone, the server rolls back by itself.
      if (!isOutage(error)) await connection.query({ name: 'rollback', text: 'ROLLBACK' });
      throw error;
    }
  });
}

interface Watched extends Queryable {
  /** The newest error of a statement; what fails only because of it does not count. */
  failure(): unknown;
}

function watch(connection: Queryable): Watched {
  let failure: unknown;
  return {
    query: async <Row>(statement: Statement): Promise<Result<Row>> => {
      try {
        return await connection.query<Row>(statement);
      } catch (error) {
        if (!isAborted(error)) failure = error;
        throw error;
      }
    },
    failure: () => failure,
  };
}

/** The statement was refused, because one before it had failed. */
const isAborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02';

/** What is thrown where COMMIT is answered with ROLLBACK. What may be done again, or later, stays what it is. */
const rolledBack = (cause: unknown): unknown =>
  isConflict(cause) || isOutage(cause)
    ? cause
    : new Error('The transaction was rolled back because a statement in it failed.', { cause });
