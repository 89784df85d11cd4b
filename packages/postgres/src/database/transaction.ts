import { type ConnectionOptions, withConnection } from './connection.ts';
import { isConflict, isOutage } from './failure.ts';
import type { Hosts } from './hosts.ts';
import type { Queryable, Result, Statement } from './statement.ts';

/** Options of a transaction. */
export interface TransactionOptions {
  /** No timeout: for migrations and imports. @default false */
  readonly patient?: boolean;
}

/** The longest timeout of a timer, in milliseconds. */
const FOR_EVER = 2 ** 31 - 1;

/**
 * Runs work in a transaction. If a statement failed, the transaction is rolled back and the error is thrown, even if the
 * work ignored it. The isolation is READ COMMITTED, whatever the default of the database is: each statement sees what was
 * committed before it began, and so what others did before a lock was acquired.
 */
export function runTransaction<T>(
  hosts: Hosts,
  options: ConnectionOptions,
  { patient = false }: TransactionOptions,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  const patience = patient ? { answerTimeout: FOR_EVER } : {};
  return withConnection(hosts, { ...options, ...patience }, async (connection) => {
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
      // If the connection is lost, the server rolls back by itself.
      if (!isOutage(error)) await connection.query({ name: 'rollback', text: 'ROLLBACK' });
      throw error;
    }
  });
}

interface Watched extends Queryable {
  /** The latest error of a statement, without errors that only follow from it. */
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

/** The statement was refused because an earlier one had failed. */
const isAborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02';

/** The error if COMMIT results in ROLLBACK. Conflicts and outages stay what they are. */
const rolledBack = (cause: unknown): unknown =>
  isConflict(cause) || isOutage(cause)
    ? cause
    : new Error('The transaction was rolled back because a statement in it failed.', { cause });
