import type { Seconds } from '@vestibule/core';
import { createWaitingLine, type Place } from './waiting-line.ts';

export interface SignInQueueOptions {
  /** How many passwords are looked at at once. Hashing shares its threads with other work of the process. @default 2 */
  readonly atOnce?: number;
  /** How many attempts may wait at most. @default 256 */
  readonly length?: number;
  /** When an attempt that found the queue full is told to come back. @default 5 */
  readonly retryAfter?: Seconds;
}

export type Queued<T> =
  | { readonly outcome: 'done'; readonly value: T }
  /** Nothing was done: too many wait. */
  | { readonly outcome: 'full'; readonly retryAfter: Seconds }
  /** Nothing was done: the browser went away while it waited. */
  | { readonly outcome: 'left' };

/**
 * Lets attempts to sign in wait for one another, because a slow password hash is slow for the server, too. The queue is
 * bounded, fair between networks, known browsers go first, and who hangs up makes room. One for each process: realms share
 * its threads.
 */
export interface SignInQueue {
  /** Does the work when it is its turn. It rejects with what the work throws. */
  run<T>(place: Place, signal: AbortSignal, work: () => Promise<T>): Promise<Queued<T>>;
}

interface Waiting {
  /** Its turn has come. */
  readonly start: () => void;
  /** It had to make room for another. */
  readonly displace: () => void;
}

export function createSignInQueue(options: SignInQueueOptions = {}): SignInQueue {
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

  /** The turn goes on to the next, without a moment in which somebody else could take it. */
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
