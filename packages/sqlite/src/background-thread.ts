import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';
import type { BackupOutcome, Task } from './background/background.ts';
import { backUp } from './background/backup.ts';
import { checkpoint } from './background/checkpoint.ts';
import { configure } from './connection.ts';
import type { ThreadOptions } from './thread.ts';

/** The thread for work that nobody's answer waits for. */

const { path, busyTimeout }: ThreadOptions = workerData;
const database = new Database(path, { timeout: busyTimeout });
configure(database);

parentPort?.on('message', (task: Task) => {
  switch (task.kind) {
    case 'checkpoint':
      return checkpoint(database);
    case 'backup':
      return parentPort?.postMessage({
        number: task.number,
        ...outcomeOf(task.file),
      } satisfies BackupOutcome);
    case 'close':
      database.close();
      return parentPort?.close();
  }
});

function outcomeOf(file: string): { readonly problem?: string } {
  try {
    backUp(database, file);
    return {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `The backup ${file} was not made: ${reason}` };
  }
}
