import { isConflict, isLostConnection } from './failure.ts';

/** How often work with conflicts is tried. */
const ATTEMPTS = 8;
const LONGEST_PAUSE = 100;

/**
 * Repeats work that was rolled back because of concurrent work (serialization failure, deadlock), a few times, after short
 * random pauses. The work is a statement or a whole transaction.
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) throw error;
      await pause(Math.random() * Math.min(LONGEST_PAUSE, 2 ** (attempt + 1)));
    }
  }
}

/** Repeats work once after a lost connection. Only for work without changes, because a write may have happened. */
export async function retryLostConnection<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    return work();
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
