import type { Worker } from 'node:worker_threads';
import { startThread, type ThreadOptions } from '../thread.ts';

/** What the background is asked to do. */
export type Task =
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'backup'; readonly number: number; readonly file: string }
  | { readonly kind: 'close' };

/** What came of a backup. */
export interface BackupOutcome {
  readonly number: number;
  /** Why there is none. */
  readonly problem?: string;
}

/** Work on the database that nobody's answer waits for, on a thread of its own. */
export interface Background {
  /** Moves what is in the write-ahead log into the file. */
  checkpoint(): void;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

export function createBackground(options: ThreadOptions): Background {
  let thread: Worker | undefined;
  let count = 0;
  const backups = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();

  function ask(task: Task): Worker {
    thread ??= start();
    thread.postMessage(task);
    return thread;
  }

  function start(): Worker {
    const worker = startThread('background-thread', options);
    worker.on('message', ({ number, problem }: BackupOutcome) => {
      if (problem === undefined) backups.get(number)?.resolve();
      else backups.get(number)?.reject(new Error(problem));
      backups.delete(number);
      if (backups.size === 0) worker.unref();
    });
    // A checkpoint that fails is made up for by the next one.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (thread === worker) thread = undefined;
      const failure = new Error('The thread that makes backups broke down.');
      for (const { reject } of backups.values()) reject(failure);
      backups.clear();
    });
    return worker;
  }

  return {
    checkpoint: () => void ask({ kind: 'checkpoint' }),
    backup: (file) =>
      new Promise((resolve, reject) => {
        count += 1;
        backups.set(count, { resolve, reject });
        ask({ kind: 'backup', number: count, file }).ref();
      }),
    async close() {
      const last = thread;
      if (last === undefined) return;
      await new Promise<void>((resolve) => {
        last.once('exit', resolve);
        last.ref();
        last.postMessage({ kind: 'close' } satisfies Task);
      });
    },
  };
}
