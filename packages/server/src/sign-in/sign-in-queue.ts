import { checkOptions, type OptionTable, type Seconds } from '@vestibule/core';
import { createWaitingLine, type Place } from './waiting-line.ts';

/** Options of `createSignInQueue`. */
export interface SignInQueueOptions {
  /** How many passwords are checked at once. Hashing shares its threads with other work of the process. @default 2 */
  readonly atOnce?: number;
  /** The largest number of waiting attempts. @default 256 */
  readonly length?: number;
  /** When an attempt that found the queue full should be repeated, in seconds. @default 5 */
  readonly retryAfter?: Seconds;
}

const OPTIONS: OptionTable<SignInQueueOptions> = {
  atOnce: 'whole number?',
  length: 'whole number?',
  retryAfter: 'seconds?',
};

/** The result of work that waited for its turn. */
export type Queued<T> =
  | { readonly outcome: 'done'; readonly value: T }
  /** Nothing was done: the queue is full. */
  | { readonly outcome: 'full'; readonly retryAfter: Seconds }
  /** Nothing was done: the browser disconnected while it waited. */
  | { readonly outcome: 'left' };

/**
 * Queues sign-in attempts, because a slow password hash is slow for the server as well. The queue is bounded and fair
 * between networks, known browsers go first, and attempts whose browser disconnects leave it. One for each process: realms
 * share its threads.
 */
export interface SignInQueue {
  /** Runs the work in its turn. Rejects with the error of the work. */
  run<T>(place: Place, signal: AbortSignal, work: () => Promise<T>): Promise<Queued<T>>;
}

interface Waiting {
  /** Starts the work: its turn has come. */
  readonly start: () => void;
  /** Removes it to make room for another. */
  readonly displace: () => void;
}

/** @throws TypeError that names each option that is unknown or has the wrong type */
export function createSignInQueue(options: SignInQueueOptions = {}): SignInQueue {
  checkOptions('createSignInQueue', options, OPTIONS);
  const { atOnce = 2, length = 256, retryAfter = 5 } = options;
  const line = createWaitingLine<Waiting>(length);
  let running = 0;

  function turn(place: Place, signal: AbortSignal): Promise<'turn' | 'full' | 'left'> {
    if (signal.aborted) return Promise.resolve('left');
    if (running < atOnce) {
      running += 1;
      return Promise.resolve('turn');
    }
    return new Promise((resolve) => {
      const end = (outcome: 'turn' | 'full' | 'left'): void => {
        signal.removeEventListener('abort', leave);
        resolve(outcome);
      };
      const waiting = { start: () => end('turn'), displace: () => end('full') };
      const leave = (): void => {
        line.leave(waiting);
        end('left');
      };
      const entry = line.enter(waiting, place);
      if (!entry.entered) return end('full');
      signal.addEventListener('abort', leave);
      entry.displaced?.displace();
    });
  }

  /** Passes the turn to the next without a gap in which another attempt could take it. */
  function passOn(): void {
    const next = line.next();
    if (next === undefined) running -= 1;
    else next.start();
  }

  return {
    async run(place, signal, work) {
      const outcome = await turn(place, signal);
      if (outcome === 'full') return { outcome, retryAfter };
      if (outcome === 'left') return { outcome };
      try {
        return { outcome: 'done', value: await work() };
      } finally {
        passOn();
      }
    },
  };
}
