import type { Database } from 'better-sqlite3';
import { createGroupWriter } from './group.ts';
import { settle } from './settle.ts';
import type { Writer } from './writer.ts';

/** Writes on the connection that reads, one call at a time: for a database in memory, which no other thread can open. */
export function createInlineWriter(connection: Database): Writer {
  const write = createGroupWriter(connection);
  return {
    send: (call) =>
      new Promise((resolve, reject) => {
        for (const outcome of write([call]).outcomes) settle(':memory:', { resolve, reject }, outcome);
      }),
    close: async () => undefined,
  };
}
