/** Runs tasks, at most one at a time for each key, and one more for each caller whose result cannot be shared. */
export interface SharedTasks<T> {
  /** The result of the task with this key that runs already, or else of a new one. */
  share(key: string, begin: () => Promise<T>): Promise<T>;
}

/**
 * Creates tasks that callers share while they run. Results are not kept.
 *
 * @param isShareable whether a result is that of all callers; if not, only the caller who began the task gets it
 */
export function createSharedTasks<T>(isShareable: (result: T) => boolean): SharedTasks<T> {
  const running = new Map<string, Promise<T>>();
  return {
    async share(key, begin) {
      const known = running.get(key);
      if (known !== undefined) {
        const result = await known;
        return isShareable(result) ? result : begin();
      }
      const own = begin().finally(() => running.delete(key));
      running.set(key, own);
      return own;
    },
  };
}
