import { type ConnectionOptions, withConnection } from './connection.ts';
import { gatheredReads } from './gathered-reads.ts';
import { isConflict, isOutage, readOnly, unavailable } from './failure.ts';
import type { Hosts } from './hosts.ts';
import { retryConflicts, retryLostConnection } from './retry.ts';
import type { Queryable, Result, Statement } from './statement.ts';
import { runTransaction, type TransactionOptions } from './transaction.ts';

/**
 * A PostgreSQL database with a connection pool. Every method throws an error with the code `STORE_UNAVAILABLE` while the
 * database cannot be reached or cannot write, and works again when it can.
 */
export interface Database extends Queryable {
  /**
   * Runs work in a transaction in which every statement sees what was committed before it (READ COMMITTED). After a conflict
   * the transaction is rolled back and the work runs again from its beginning.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Checks that the database can be read and written. Concurrent checks are one. @throws StoreUnavailable if it cannot */
  ping(): Promise<void>;
  /**
   * Waits for statements in progress and closes every connection. Further calls are refused with an error, except for
   * closing again.
   */
  close(): Promise<void>;
}

const PING = { name: 'ping', text: `SELECT current_setting('transaction_read_only') AS read_only` };

/** A database on its hosts, with retries and with errors for outages. */
export function createDatabase(hosts: Hosts, options: ConnectionOptions = {}): Database {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  let checking: Promise<void> | undefined;
  const run = <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) return Promise.reject(new Error('The database is closed.'));
    const { maxWaiting = Infinity } = options;
    if (underWay.size >= maxWaiting) {
      return Promise.reject(unavailable(new Error(`${maxWaiting} transactions wait for it already.`)));
    }
    const running = orUnavailable(() => retryConflicts(work)).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  };
  const read = gatheredReads(hosts, options);
  const inTransaction = <Row>(statement: Statement): Promise<Result<Row>> =>
    runTransaction(hosts, options, {}, (transaction) => transaction.query<Row>(statement));
  const query = <Row>(statement: Statement): Promise<Result<Row>> => {
    const once = () => withConnection(hosts, options, (connection) => connection.query<Row>(statement));
    if (statement.readsCommitted) return run(firstThen(once, () => inTransaction(statement)));
    return run(statement.reads ? () => retryLostConnection(() => read<Row>(statement)) : once);
  };
  const check = (): Promise<void> =>
    run(() => retryLostConnection(() => withConnection(hosts, options, requireWritable)));
  // When a pool ends, it does not serve waiting requests. None are waiting, because none were accepted meanwhile.
  const close = async (): Promise<void> => {
    await Promise.allSettled(underWay);
    await hosts.close();
  };
  return {
    query,
    transaction: (work, how = {}) => run(() => runTransaction(hosts, options, how, work)),
    ping: () => (checking ??= check().finally(() => (checking = undefined))),
    close: () => (closing ??= close()),
  };
}

/** Throws while a connection is in use, which is then not used again. */
async function requireWritable(connection: Queryable): Promise<void> {
  const { rows } = await connection.query<{ readonly read_only: string }>(PING);
  if (rows[0]?.read_only !== 'off') throw readOnly();
}

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOutage(error) || isConflict(error) ? unavailable(error) : error;
  }
}

/** Work that is done in another way when it is repeated. */
function firstThen<T>(first: () => Promise<T>, then: () => Promise<T>): () => Promise<T> {
  let attempts = 0;
  return () => {
    attempts += 1;
    return attempts === 1 ? first() : then();
  };
}
