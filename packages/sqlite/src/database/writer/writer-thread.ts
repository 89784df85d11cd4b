import type { ConnectionOptions } from '../connection.ts';
import { createThread } from '../thread.ts';
import { settle, type Waiting } from './settle.ts';
import type { Call, CallOutcome, Writer } from './writer.ts';

/** Calls that are sent to the thread together; their outcomes have the same order. */
export interface CallGroup {
  readonly number: number;
  readonly calls: readonly Call[];
}
export interface GroupOutcome {
  readonly number: number;
  readonly outcomes: readonly CallOutcome[];
}

interface Gathered {
  readonly call: Call;
  readonly waiting: Waiting;
}

/**
 * Writes on its own thread, so that this thread never waits for the disk. Calls of one turn of the event loop are sent
 * together; the thread commits them with everything else that has arrived. If the thread fails, its pending calls fail, and
 * the next call starts another thread.
 */
export function createThreadWriter(connection: ConnectionOptions): Writer {
  const { path } = connection;
  let gathered: Gathered[] = [];
  let count = 0;
  const underWay = new Map<number, readonly Waiting[]>();
  const thread = createThread<CallGroup | 'close', GroupOutcome>({
    name: 'write-thread',
    connection,
    onMessage: receive,
    onBreakdown: (reason) => {
      const failed = [...underWay.values()].flat();
      underWay.clear();
      for (const waiting of failed) waiting.reject(reason);
    },
  });

  function flush(): void {
    const group = gathered;
    gathered = [];
    post(group);
  }

  /** A call that cannot be cloned is refused alone; the others are sent without it. */
  function post(group: readonly Gathered[]): void {
    count += 1;
    try {
      thread.post({ number: count, calls: group.map(({ call }) => call) });
      underWay.set(
        count,
        group.map(({ waiting }) => waiting),
      );
    } catch (error) {
      const [first, ...others] = group;
      if (others.length === 0) first?.waiting.reject(error);
      else for (const one of group) post([one]);
    }
  }

  function receive({ number, outcomes }: GroupOutcome): void {
    const waiting = underWay.get(number) ?? [];
    underWay.delete(number);
    if (underWay.size === 0) thread.rest();
    for (const [index, outcome] of outcomes.entries()) {
      const one = waiting[index];
      if (one !== undefined) settle(path, one, outcome);
    }
  }

  return {
    send: (call) =>
      new Promise((resolve, reject) => {
        gathered.push({ call, waiting: { resolve, reject } });
        if (gathered.length === 1) queueMicrotask(flush);
      }),
    async close() {
      if (gathered.length > 0) flush();
      await thread.close('close');
    },
  };
}
