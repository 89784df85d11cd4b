import { type ChildProcess, fork } from 'node:child_process';
import type { Elsewhere } from '../harness/harness.ts';
import type { Call } from '../race/call.ts';
import type { Answer, Order } from './message.ts';

/** Another process that has the same data open. */
export interface OtherProcess {
  /** Makes concurrent calls and returns their results. */
  readonly run: (calls: readonly Call[]) => Promise<readonly unknown[]>;
  /** Makes it close its data. */
  readonly stop: () => Promise<void>;
}

/** The file that it runs is beside this one, and has the same extension. */
const RUNNER = new URL(`./runner${import.meta.url.slice(-3)}`, import.meta.url);

/** Processes without open data. They end with this process, and do not keep it alive. */
const idle = new Set<ChildProcess>();

/**
 * Makes another process open the data: an idle one if possible, because starting a process takes most of the time of a case.
 *
 * @throws unknown the error of opening the data there
 */
export async function startProcess(elsewhere: Elsewhere): Promise<OtherProcess> {
  const child = takeIdle() ?? fork(RUNNER, [], { serialization: 'advanced', execArgv: [] });
  try {
    await ask(child, { order: 'open', elsewhere });
  } catch (error) {
    await end(child);
    throw error;
  }
  return {
    run: async (calls) => {
      const answer = await ask(child, { order: 'run', calls });
      return answer.answer === 'done' ? answer.answers : [];
    },
    stop: async () => {
      try {
        await ask(child, { order: 'close' });
      } catch (error) {
        await end(child);
        throw error;
      }
      child.unref();
      child.channel?.unref();
      idle.add(child);
    },
  };
}

function takeIdle(): ChildProcess | undefined {
  for (const child of idle) {
    idle.delete(child);
    if (!child.connected) continue;
    child.ref();
    child.channel?.ref();
    return child;
  }
  return undefined;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  await exited;
}

/** Sends a request and waits for its response. */
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
