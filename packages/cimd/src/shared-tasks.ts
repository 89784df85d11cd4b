/** A task that may have been begun for another caller. */
export interface SharedTask<T> {
  readonly result: Promise<T>;
  /** Whether it was begun by this call. */
  readonly isOwn: boolean;
}

/** Runs tasks, at most one at a time for each key. */
export interface SharedTasks<T> {
  /** The task with this key that runs already, or else a new one. */
  share(key: string, begin: () => Promise<T>): SharedTask<T>;
}

/** Creates tasks that callers share while they run. Results are not kept. */
export function createSharedTasks<T>(): SharedTasks<T> {
  const running = new Map<string, Promise<T>>();
  return {
    share(key, begin) {
      const known = running.get(key);
      if (known !== undefined) return { result: known, isOwn: false };
      const result = begin().finally(() => running.delete(key));
      running.set(key, result);
      return { result, isOwn: true };
    },
  };
}
