import { parentPort, workerData } from 'node:worker_threads';
import type { BackupOutcome, Task } from './background/background.ts';
import { backUp } from './background/backup.ts';
import { checkpoint } from './background/checkpoint.ts';
import { connect } from './connection.ts';

/** The thread for work that no response waits for. */

const database = connect(workerData);

parentPort?.on('message', (task: Task) => {
  switch (task.kind) {
    case 'checkpoint':
      return attempt(() => checkpoint(database));
    case 'backup': {
      const { number, file } = task;
      const problem = attempt(() => backUp(database, file));
      return parentPort?.postMessage({ number, ...problem } satisfies BackupOutcome);
    }
    case 'close':
      database.close();
      return parentPort?.close();
  }
});

/** The error of a failure. The next checkpoint makes up for a failed one. */
function attempt(work: () => void): { readonly problem?: string } {
  try {
    work();
    return {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
