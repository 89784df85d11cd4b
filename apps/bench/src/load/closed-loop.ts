/** What a load of a fixed time did. */
export interface LoopResult {
  /** Operations that succeeded. */
  readonly count: number;
  readonly errors: number;
  readonly firstError?: string;
  readonly ms: number;
  /** Of each operation that succeeded, in milliseconds. */
  readonly latencies: readonly number[];
}

export interface Loop {
  readonly workers: number;
  readonly ms: number;
  /** One operation of one worker. */
  readonly run: (worker: number) => Promise<void>;
  /** Ends the load early if the server is gone. */
  readonly isServerGone: () => boolean;
}

/** Ends a slice in which nothing works. */
const MOST_ERRORS = 200;

/**
 * Runs workers for a fixed time, each of which begins its next operation when the previous one has ended. Latencies
 * therefore do not include the waiting that an open arrival process would add.
 */
export async function closedLoop({ workers, ms, run, isServerGone }: Loop): Promise<LoopResult> {
  const latencies: number[] = [];
  let errors = 0;
  let firstError: string | undefined;
  const start = performance.now();
  const end = start + ms;

  async function work(worker: number): Promise<void> {
    for (let began = performance.now(); began < end; began = performance.now()) {
      try {
        await run(worker);
        latencies.push(performance.now() - began);
      } catch (error) {
        errors += 1;
        firstError ??= error instanceof Error ? error.message : String(error);
        if (isServerGone() || (errors > MOST_ERRORS && errors > latencies.length)) return;
      }
    }
  }

  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return {
    count: latencies.length,
    errors,
    ...(firstError !== undefined && { firstError }),
    ms: performance.now() - start,
    latencies,
  };
}
