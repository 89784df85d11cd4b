import type { Pool, PoolClient } from 'pg';
import { withAdvice } from './advice.ts';
import { isOutage, unavailable } from './failure.ts';
import type { Queryable, Result, Statement, Value } from './statement.ts';
import { toStored } from './text.ts';

/** One try at a statement, as it is told to whoever watches. Values are left out. */
export interface StatementEvent {
  /** The statement's name; `unnamed` where it has none. Transactions add `begin`, `commit` and `rollback`. */
  readonly name: string;
  readonly milliseconds: number;
  /** Absent: it went well. */
  readonly error?: unknown;
}

export interface ConnectionOptions {
  /** It was let in before: whoever is turned away now meets an outage, whatever the reason. */
  readonly isOpen?: boolean;
  /** Told of every statement when it is over. */
  readonly onStatement?: ((event: StatementEvent) => void) | undefined;
  /** How much may be under way or wait for a connection at once. Absent: no such bound. */
  readonly maxWaiting?: number | undefined;
  /** How long to wait for each statement's answer, in milliseconds. Absent: as long as the pool says. */
  readonly answerTimeout?: number | undefined;
}

/** Has a connection for as long as the work takes. One that met an outage is not used again. */
export async function withConnection<T>(
  pool: Pool,
  options: ConnectionOptions,
  work: (connection: Queryable) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((reason: unknown) => {
    const error = withAdvice(reason);
    throw options.isOpen && !isOutage(error) ? unavailable(error) : error;
  });
  // What breaks a connection is told to the statement under way, or to the next one.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let broken = false;
  try {
    return await work(createConnection(client, options));
  } catch (error) {
    broken = isOutage(error);
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

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
  return {
    query: async <Row>(statement: Statement): Promise<Result<Row>> => {
      const start = performance.now();
      let failed: { readonly error?: unknown } = {};
      try {
        return await send<Row>(statement);
      } catch (reason) {
        const error = withAdvice(reason);
        failed = { error };
        throw error;
      } finally {
        const milliseconds = performance.now() - start;
        onStatement?.({ name: statement.name ?? 'unnamed', milliseconds, ...failed });
      }
    },
  };
}

function encode(value: Value): unknown {
  if (typeof value === 'string') return toStored(value);
  return typeof value === 'object' && value !== null ? value.map(encode) : value;
}
