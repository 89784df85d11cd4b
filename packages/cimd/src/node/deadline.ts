import type { Seconds } from '@vestibule/core';
import { FailedFetch } from './failed-fetch.ts';

/** A part of a fetch that has its own limit. */
type Stage = 'resolving the name' | 'connecting' | 'waiting for the head of the response';

/** The time limits of one fetch: one for all of it, and one for the stage that it is in. */
export interface Deadline {
  /** Calls a function with the reason when a limit is over or the fetch has ended. */
  whenOver(close: (reason: FailedFetch) => void): void;
  /** Ends the stage before, and starts the clock of this one. */
  enter(stage: Stage, limit: Seconds): void;
  /** Ends the stage before. Only the limit for all remains. */
  leave(): void;
  /** The result of some work, unless a limit is over first. */
  within<Result>(work: Promise<Result>): Promise<Result>;
  /** Ends all clocks, and closes what is still open. */
  end(): void;
}

/** @param total the limit for the whole fetch */
export function startDeadline(total: Seconds): Deadline {
  const open = new Set<(reason: FailedFetch) => void>();
  let over: FailedFetch | undefined;
  const finish = (reason: FailedFetch): void => {
    over ??= reason;
    for (const close of open) close(over);
    open.clear();
  };
  const finishAfter = (limit: Seconds, what: string): NodeJS.Timeout =>
    setTimeout(
      () => finish(new FailedFetch('timeout', `${what} took longer than ${limit} s.`)),
      limit * 1000,
    );
  const whenOver: Deadline['whenOver'] = (close) => {
    if (over === undefined) open.add(close);
    else close(over);
  };

  const all = finishAfter(total, 'The whole fetch');
  let stage: NodeJS.Timeout | undefined;
  return {
    whenOver,
    enter(name, limit) {
      clearTimeout(stage);
      stage = finishAfter(limit, `The stage of ${name}`);
    },
    leave() {
      clearTimeout(stage);
    },
    within: (work) => Promise.race([work, new Promise<never>((_, reject) => whenOver(reject))]),
    end() {
      clearTimeout(all);
      clearTimeout(stage);
      finish(new FailedFetch('connection', 'The fetch has ended.'));
    },
  };
}
