import { AsyncLocalStorage } from 'node:async_hooks';
import type { Random } from './random.ts';

/** One of the things that happen at once, such as a request with the person or agent that waits for its response. */
export interface Task {
  /** How many writes it has asked for. Faults name one of them. */
  writes: number;
}

/** Decides whose turn it is. */
export interface Scheduler {
  /** The task of the running code. `undefined` outside of tasks and in the background. */
  current(): Task | undefined;
  /** Waits for the next turn of the running task. */
  turn(): Promise<void>;
  /** Runs work in the background of the tasks: nothing waits for it, and it has turns of its own. */
  background(work: () => Promise<void>): Promise<void>;
  /**
   * Runs tasks until all of them are done. Only one of them runs at a time, from one turn to the next, so that the order of
   * everything depends on the random choices alone.
   */
  run(works: readonly (() => Promise<void>)[], random: Random): Promise<void>;
  /** Lets everything in the background end. */
  settle(random: Random): Promise<void>;
}

interface Running extends Task {
  readonly isBackground: boolean;
  isDone: boolean;
  /** What waits for its next turn. More than one if the task does several things at once. */
  waiting: (() => void)[];
  /** Called when it waits or is done. */
  onStop: () => void;
}

/** @param onTurn called before each turn */
export function createScheduler(onTurn: (random: Random) => void): Scheduler {
  const context = new AsyncLocalStorage<Running>();
  const tasks = new Set<Running>();

  const start = (isBackground: boolean): Running => {
    const task = { writes: 0, isBackground, isDone: false, waiting: [], onStop: () => undefined };
    tasks.add(task);
    return task;
  };

  const turn = (): Promise<void> =>
    new Promise((resume) => {
      const task = context.getStore();
      if (task === undefined) return resume();
      task.waiting.push(resume);
      task.onStop();
    });

  /** Lets a task run until it waits again or is done. */
  async function give(task: Running): Promise<void> {
    const resumed = task.waiting;
    task.waiting = [];
    const stopped = new Promise<void>((resolve) => {
      task.onStop = resolve;
    });
    for (const resume of resumed) resume();
    if (!task.isBackground) await watched(stopped);
    await idle();
    if (task.isDone) tasks.delete(task);
  }

  async function runUntil(isOver: () => boolean, random: Random): Promise<void> {
    while (!isOver()) {
      const ready = [...tasks].filter(({ waiting }) => waiting.length > 0);
      const next = ready[random.below(ready.length)];
      if (next === undefined) throw new Error('No task waits for a turn, and not all are done.');
      onTurn(random);
      await give(next);
    }
  }

  return {
    current: () => {
      const task = context.getStore();
      return task?.isBackground === true ? undefined : task;
    },
    turn,
    background: (work) => {
      const task = start(true);
      return context.run(task, async () => {
        try {
          await turn();
          await work();
        } finally {
          task.isDone = true;
          tasks.delete(task);
        }
      });
    },
    async run(works, random) {
      const started = works.map((work) => {
        const task = start(false);
        void context.run(task, async () => {
          try {
            await turn();
            await work();
          } finally {
            task.isDone = true;
            task.waiting = [];
            task.onStop();
          }
        });
        return task;
      });
      await idle();
      await runUntil(() => started.every(({ isDone }) => isDone), random);
    },
    async settle(random) {
      await runUntil(() => ![...tasks].some(({ waiting }) => waiting.length > 0), random);
    },
  };
}

/** Resolves after everything that is possible without a turn. */
const idle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** How long a task can run without a turn, in real milliseconds. Only a mistake in the simulation takes so long. */
const STUCK = 60_000;

/** Rejects if a task does not stop: otherwise the process would end without a word. */
async function watched(stopped: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    const error = new Error('A task waits for something that is not a turn.');
    timer = setTimeout(() => reject(error), STUCK);
  });
  try {
    await Promise.race([stopped, stuck]);
  } finally {
    clearTimeout(timer);
  }
}
