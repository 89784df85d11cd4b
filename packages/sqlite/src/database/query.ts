import type { Database } from 'better-sqlite3';
import { explained } from './problems.ts';

/** A statement that reads, prepared once. */
export interface Query<Parameters extends readonly unknown[], Row> {
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
}

/** Prepares a query on the connection of this thread. */
export type Prepare = <Parameters extends readonly unknown[], Row>(sql: string) => Query<Parameters, Row>;

/** Creates the queries of a database, with errors that name its file if that is the cause. */
export function createPrepare(path: string, connection: Database): Prepare {
  function orExplain<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw explained(path, error);
    }
  }
  return <Parameters extends readonly unknown[], Row>(sql: string) => {
    const statement = orExplain(() => connection.prepare<unknown[], Row>(sql));
    return {
      get: (...parameters: Parameters) => orExplain(() => statement.get(...parameters)),
      all: (...parameters: Parameters) => orExplain(() => statement.all(...parameters)),
    };
  };
}
