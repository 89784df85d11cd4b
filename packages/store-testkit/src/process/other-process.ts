import { type ChildProcess, fork } from 'node:child_process';
import type { Elsewhere } from '../harness/harness.ts';
import type { Call } from '../race/call.ts';
import type { Answer, Order } from './message.ts';

/** Another process that has the same data open. */
export interface OtherProcess {
  /** Makes calls at once and gives their answers. */
  readonly run: (calls: readonly Call[]) => Promise<readonly unknown[]>;
  /** Lets it close what it opened, and waits until it has gone. */
  readonly stop: () => Promise<void>;
}

/** The file it runs lies beside this one, and has the same ending. */
const RUNNER = new URL(`./runner${import.meta.url.slice(-3)}`, import.meta.url);

/**
 * Starts another process and waits until it has opened the data.
 *
 * @throws unknown what opening threw there
 */
export async function startProcess(elsewhere: Elsewhere): Promise<OtherProcess> {
  const child = fork(RUNNER, [], { serialization: 'advanced', execArgv: [] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await exited;
  };
  try {
    await ask(child, { order: 'open', elsewhere });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    run: async (calls) => {
      const answer = await ask(child, { order: 'run', calls });
      return answer.answer === 'done' ? answer.answers : [];
    },
    stop,
  };
}

/** Sends an order and waits for the answer to it. */
function ask(child: ChildProcess, order: Order): Promise<Exclude<Answer, { readonly answer: 'failed' }>> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void =>
      reject(
        new Error(
          `The other process ended (${code}) instead of answering; what it wrote to stderr may say why.`,
        ),
      );
    if (!child.connected) {
      gone(child.exitCode);
      return;
    }
    child.once('exit', gone);
    child.once('message', (answer: Answer) => {
      child.off('exit', gone);
      if (answer.answer === 'failed') reject(answer.error);
      else resolve(answer);
    });
    child.send(order, (error) => {
      if (error !== null) reject(error);
    });
  });
}
