import type { Database } from 'better-sqlite3';
import { explained, isBusy } from './advice.ts';

/** A statement that reads, prepared once. */
export interface Query<Parameters extends readonly unknown[], Row> {
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
}

/** Prepares a query on the connection of this thread. */
export type Prepare = <Parameters extends readonly unknown[], Row>(sql: string) => Query<Parameters, Row>;

/** What `createPrepare` needs. */
export interface PrepareOptions {
  readonly path: string;
  /** Does not wait for other programs by itself. */
  readonly connection: Database;
  /** How long a query waits for another program that has locked the whole file, in milliseconds. */
  readonly busyTimeout: number;
}

/** Creates the queries of a database, with errors that name its file if that is the cause. */
export function createPrepare({ path, connection, busyTimeout }: PrepareOptions): Prepare {
  function orExplain<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (isBusy(error)) return patiently(read);
      throw explained(path, error);
    }
  }

  /** Rarely needed: reading waits only while another program recovers or removes the write-ahead log. */
  function patiently<T>(read: () => T): T {
    connection.pragma(`busy_timeout = ${busyTimeout}`);
    try {
      return read();
    } catch (error) {
      throw explained(path, error);
    } finally {
      connection.pragma('busy_timeout = 0');
    }
  }
  return <Parameters extends readonly unknown[], Row>(sql: string) => {
    const statement = orExplain(() => connection.prepare<unknown[], Row>(sql));
    if (!statement.readonly) throw new Error(`A query may not write: ${sql}`);
    return {
      get: (...parameters: Parameters) => orExplain(() => statement.get(...parameters)),
      all: (...parameters: Parameters) => orExplain(() => statement.all(...parameters)),
    };
  };
}
