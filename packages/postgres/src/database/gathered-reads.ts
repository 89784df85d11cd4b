import { type ConnectionOptions, withConnection } from './connection.ts';
import { isOutage } from './failure.ts';
import type { Hosts } from './hosts.ts';
import type { Result, Statement } from './statement.ts';

/** More would wait long for each other on their connection, while others are idle. */
const MOST_TOGETHER = 32;

interface Waiting {
  readonly statement: Statement;
  readonly result: Promise<Result<unknown>>;
  readonly resolve: (result: Result<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads that begin at the end of a turn of the event loop: those of one turn are sent together on one connection, which is one
 * round trip, and equal ones are one statement. Each sees every change that was committed before it was asked for.
 */
export function gatheredReads(
  hosts: Hosts,
  options: ConnectionOptions,
): <Row>(statement: Statement) => Promise<Result<Row>> {
  let waiting = new Map<unknown, Waiting>();

  async function send(together: readonly Waiting[]): Promise<void> {
    try {
      await withConnection(hosts, options, async (connection) => {
        const sent = together.map(async ({ statement, resolve, reject }) => {
          try {
            resolve(await connection.query(statement));
          } catch (error) {
            reject(error);
            // The connection is not used again.
            if (isOutage(error)) throw error;
          }
        });
        await Promise.allSettled(sent);
        await Promise.all(sent);
      });
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  function sendAll(): void {
    const all = [...waiting.values()];
    waiting = new Map();
    for (let first = 0; first < all.length; first += MOST_TOGETHER) {
      void send(all.slice(first, first + MOST_TOGETHER));
    }
  }

  return <Row>(statement: Statement) => {
    const { name, values = [] } = statement;
    const key = name === undefined ? statement : JSON.stringify([name, values]);
    if (waiting.size === 0) setImmediate(sendAll);
    let equal = waiting.get(key);
    if (equal === undefined) {
      const { promise, ...settle } = Promise.withResolvers<Result<unknown>>();
      equal = { statement, result: promise, ...settle };
      waiting.set(key, equal);
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one name is one text, whose rows have one type
    return equal.result as Promise<Result<Row>>;
  };
}
