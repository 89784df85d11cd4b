import type { PoolClient } from 'pg';
import { withAdvice } from './advice.ts';
import { isOutage, unavailable } from './failure.ts';
import type { Hosts } from './hosts.ts';
import type { Queryable, Result, Statement, Value } from './statement.ts';
import { toStored } from './text.ts';

/** One attempt at a statement, for monitoring. Without values. */
export interface StatementEvent {
  /** The name of the statement, or `unnamed`. Transactions add `begin`, `commit` and `rollback`. */
  readonly name: string;
  readonly milliseconds: number;
  /** The number of its round trip in this process. Statements that were sent together have the same. */
  readonly trip: number;
  /** Absent if it succeeded. */
  readonly error?: unknown;
}

export interface ConnectionOptions {
  /** Whether a connection was established before: a refused connection is then an outage, whatever the reason. */
  readonly isOpen?: boolean;
  /** Called after every statement. */
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
  /** The largest number of statements in progress or waiting for a connection. Absent: unlimited. */
  readonly maxWaiting?: number | undefined;
  /** How long to wait for the response to each statement, in milliseconds. Absent: the setting of the pool. */
  readonly answerTimeout?: number | undefined;
}

/** Runs work with a connection. A connection with an outage is not used again. */
export async function withConnection<T>(
  hosts: Hosts,
  options: ConnectionOptions,
  work: (connection: Queryable) => Promise<T>,
): Promise<T> {
  const { client, pool } = await hosts.connect().catch((error: unknown) => {
    throw options.isOpen && !isOutage(error) ? unavailable(error) : error;
  });
  // The current or the next statement reports a broken connection.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let broken = false;
  try {
    return await work(createConnection(client, options));
  } catch (error) {
    broken = isOutage(error);
    if (broken) hosts.failed(pool, error);
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

let trips = 0;

function createConnection(client: PoolClient, { onStatement, answerTimeout }: ConnectionOptions): Queryable {
  const send = async <Row>({ name, text, values = [] }: Statement): Promise<Result<Row>> => {
    const config = {
      text,
      values: values.map(encode),
      ...(name !== undefined && { name }),
      ...(answerTimeout !== undefined && { query_timeout: answerTimeout }),
    };
    const { rows, rowCount, command } = await client.query(config);
    return { rows, rowCount: rowCount ?? 0, command };
  };
  let trip = 0;
  let underWay = 0;
  return {
    query: async <Row>(statement: Statement): Promise<Result<Row>> => {
      if (underWay === 0) trip = trips += 1;
      underWay += 1;
      const ownTrip = trip;
      const start = performance.now();
      let failed: { readonly error?: unknown } = {};
      try {
        return await send<Row>(statement);
      } catch (reason) {
        const error = withAdvice(reason);
        failed = { error };
        throw error;
      } finally {
        underWay -= 1;
        const milliseconds = performance.now() - start;
        onStatement?.({ name: statement.name ?? 'unnamed', milliseconds, trip: ownTrip, ...failed });
      }
    },
  };
}

function encode(value: Value): unknown {
  if (typeof value === 'string') return toStored(value);
  return typeof value === 'object' && value !== null ? value.map(encode) : value;
}
