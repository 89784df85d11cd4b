import type { Worker } from 'node:worker_threads';
import { explained, unavailable } from '../problems.ts';
import { startThread, type ThreadOptions } from '../thread.ts';
import { settle, type Waiting } from './settle.ts';
import type { Call, CallOutcome, Writer } from './writer.ts';

/** Calls that go to the thread together, and their outcomes, in the same order. */
export interface CallGroup {
  readonly number: number;
  readonly calls: readonly Call[];
}
export interface GroupOutcome {
  readonly number: number;
  readonly outcomes: readonly CallOutcome[];
}

/**
 * Writes on a thread of its own, so that this one never waits for the disk. Calls of one turn of the event loop go
 * over together; the thread commits with them whatever else has arrived. A thread that breaks down fails the calls
 * that it had, and the next call starts another one.
 */
export function createThreadWriter(options: ThreadOptions): Writer {
  const { path } = options;
  let thread: Worker | undefined;
  let gathered: { readonly call: Call; readonly waiting: Waiting }[] = [];
  let count = 0;
  let closed = false;
  const underWay = new Map<number, readonly Waiting[]>();

  function start(): Worker {
    const worker = startThread('write-thread', options);
    worker.on('message', receive);
    worker.on('error', (error) => breakDown(worker, error));
    worker.on('exit', () => breakDown(worker));
    return worker;
  }

  function send(): void {
    const group = gathered;
    gathered = [];
    count += 1;
    const waiting = group.map((one) => one.waiting);
    try {
      thread ??= start();
      thread.postMessage({ number: count, calls: group.map(({ call }) => call) } satisfies CallGroup);
      thread.ref();
      underWay.set(count, waiting);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  function receive({ number, outcomes }: GroupOutcome): void {
    const waiting = underWay.get(number) ?? [];
    underWay.delete(number);
    if (underWay.size === 0) thread?.unref();
    for (const [index, outcome] of outcomes.entries()) {
      const one = waiting[index];
      if (one !== undefined) settle(path, one, outcome);
    }
  }

  function breakDown(worker: Worker, error?: unknown): void {
    if (worker !== thread) return;
    thread = undefined;
    const reason = explained(path, error);
    const failure =
      reason instanceof Error && 'retryAfter' in reason
        ? reason
        : unavailable(`The thread that writes ${path} broke down.`, error);
    for (const waiting of [...underWay.values()].flat()) waiting.reject(failure);
    underWay.clear();
  }

  return {
    send: (call) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error(`The database ${path} is closed.`);
        gathered.push({ call, waiting: { resolve, reject } });
        if (gathered.length === 1) queueMicrotask(send);
      }),
    async close() {
      closed = true;
      if (gathered.length > 0) await new Promise((resolve) => setImmediate(resolve));
      const last = thread;
      if (last === undefined) return;
      await new Promise<void>((resolve) => {
        last.once('exit', resolve);
        last.ref();
        last.postMessage('close');
      });
    },
  };
}
