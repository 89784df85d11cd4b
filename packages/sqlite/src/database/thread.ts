import { Worker } from 'node:worker_threads';
import type { ConnectionOptions } from './connection.ts';
import { explained, unavailable } from './advice.ts';

/** A thread of this package, started when it is first needed and again after a failure. */
export interface Thread<Message> {
  /**
   * Sends a message. The process stays alive until {@link rest}.
   *
   * @throws Error if the message cannot be cloned, or the database is closed
   */
  post(message: Message): void;
  /** Allows the process to end while the thread is idle. */
  rest(): void;
  /** Sends a last message, and waits for the end of the thread. */
  close(last: Message): Promise<void>;
}

export interface ThreadOptions<Answer> {
  /** The name of a file beside this one: a source file here, a bundle in the built package. */
  readonly name: 'write-thread' | 'background-thread';
  readonly connection: ConnectionOptions;
  readonly onMessage: (answer: Answer) => void;
  /** Called with the reason if the thread ends without being closed. */
  readonly onBreakdown: (reason: unknown) => void;
}

export function createThread<Message, Answer>(options: ThreadOptions<Answer>): Thread<Message> {
  const { name, connection, onMessage, onBreakdown } = options;
  const { path } = connection;
  let worker: Worker | undefined;
  let closed = false;

  function start(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const file = new URL(`./${name}.${extension}`, import.meta.url);
    // Options of the process, such as `--input-type`, apply to its main module only.
    const started = new Worker(file, { workerData: connection, execArgv: [] });
    started.on('message', (answer: Answer) => onMessage(answer));
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started));
    return started;
  }

  function end(ended: Worker, error?: unknown): void {
    if (ended !== worker) return;
    worker = undefined;
    const reason = explained(path, error);
    const isKnown = reason !== error;
    onBreakdown(isKnown ? reason : unavailable(`A thread that works on ${path} broke down.`, error));
  }

  return {
    post(message) {
      if (closed) throw new Error(`The database ${path} is closed.`);
      worker ??= start();
      worker.postMessage(message);
      worker.ref();
    },
    rest() {
      // Closing waits for the end of the thread, and the process has to live that long.
      if (!closed) worker?.unref();
    },
    async close(last) {
      closed = true;
      const ending = worker;
      if (ending === undefined) return;
      await new Promise<void>((resolve) => {
        ending.once('exit', resolve);
        ending.ref();
        ending.postMessage(last);
      });
    },
  };
}
