import type { ConnectionOptions } from '../connection.ts';
import { createThread } from '../thread.ts';

/** A task for the background thread. */
export type Task =
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'backup'; readonly number: number; readonly file: string }
  | { readonly kind: 'close' };

/** The result of a backup. */
export interface BackupOutcome {
  readonly number: number;
  /** Why it failed. */
  readonly problem?: string;
}

interface Waiting {
  readonly file: string;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Work on the database that no response waits for, on its own thread. */
export interface Background {
  /** Copies the write-ahead log into the database file. */
  checkpoint(): void;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

export function createBackground(connection: ConnectionOptions): Background {
  let count = 0;
  let closing = false;
  const backups = new Map<number, Waiting>();
  const thread = createThread<Task, BackupOutcome>({
    name: 'background-thread',
    connection,
    onMessage: receive,
    onBreakdown: (reason) => {
      const failed = [...backups.values()];
      backups.clear();
      for (const { reject } of failed) reject(reason);
    },
  });

  function receive({ number, problem }: BackupOutcome): void {
    const waiting = backups.get(number);
    backups.delete(number);
    if (backups.size === 0) thread.rest();
    if (problem === undefined) waiting?.resolve();
    else waiting?.reject(new Error(`The backup ${waiting.file} was not made: ${problem}`));
  }

  return {
    checkpoint: () => {
      if (closing) return;
      thread.post({ kind: 'checkpoint' });
      if (backups.size === 0) thread.rest();
    },
    backup: (file) =>
      new Promise((resolve, reject) => {
        count += 1;
        thread.post({ kind: 'backup', number: count, file });
        backups.set(count, { file, resolve, reject });
      }),
    close: () => {
      closing = true;
      return thread.close({ kind: 'close' });
    },
  };
}
