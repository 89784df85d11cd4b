import type { Database } from 'better-sqlite3';
import { createGroupWriter } from './group.ts';
import { settle, type Waiting } from './settle.ts';
import type { Call, CallOutcome, Writer } from './writer.ts';

interface Gathered {
  readonly call: Call;
  readonly waiting: Waiting;
}

export interface StartingWriterOptions {
  readonly path: string;
  /** The connection that reads. It takes no writes but these. */
  readonly connection: Database;
  /** The number of writes that are made in this thread. */
  readonly writes: number;
  /** Takes all writes after them, and those that would have to wait for another program. */
  readonly thread: Writer;
}

/**
 * Makes the first writes in this thread, and starts the thread for writes only if more follow. A start of a server and most
 * commands write a few times, which takes less than the start of a thread. The writes of one turn of the event loop are
 * committed together.
 */
export function createStartingWriter({ path, connection, writes, thread }: StartingWriterOptions): Writer {
  let write: ReturnType<typeof createGroupWriter> | undefined;
  let left = writes;
  let gathered: Gathered[] = [];

  function flush(): void {
    const group = gathered;
    gathered = [];
    const outcomes = writeHere(group.map(({ call }) => call));
    for (const [index, { call, waiting }] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      if (isBusy(outcome)) sendOn(call, waiting);
      else settle(path, waiting, outcome);
    }
  }

  /** Does not wait for another program that is writing: that would stop all requests. */
  function writeHere(calls: readonly Call[]): readonly CallOutcome[] {
    const timeout = Number(connection.pragma('busy_timeout', { simple: true }));
    connection.pragma('busy_timeout = 0');
    connection.pragma('query_only = OFF');
    try {
      write ??= createGroupWriter(connection);
      return write(calls);
    } finally {
      connection.pragma('query_only = ON');
      connection.pragma(`busy_timeout = ${timeout}`);
    }
  }

  function sendOn(call: Call, { resolve, reject }: Waiting): void {
    left = 0;
    thread.send(call).then(resolve, reject);
  }

  return {
    send(call) {
      if (left === 0) return thread.send(call);
      left -= 1;
      return new Promise((resolve, reject) => {
        gathered.push({ call, waiting: { resolve, reject } });
        if (gathered.length === 1) queueMicrotask(flush);
      });
    },
    close() {
      left = 0;
      return thread.close();
    },
  };
}

const isBusy = (outcome: CallOutcome): boolean =>
  !outcome.ok && (outcome.code?.startsWith('SQLITE_BUSY') ?? false);
