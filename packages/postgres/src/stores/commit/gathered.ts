/**
 * What an error of a run means: one item caused it; all items of the run fail with it; or so do all that wait, because they
 * would fail alike.
 */
export type Reach = 'one' | 'run' | 'waiting';

/** How calls are gathered. */
export interface Gathering<Item, Result> {
  /** The largest number of items of one run. */
  readonly most: number;
  /** The largest number of runs at the same time. What comes meanwhile is gathered for the next one. */
  readonly atOnce: number;
  /** Handles items together. Returns a result for each, in their order. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** What an error of a run means. */
  readonly reachOf: (error: unknown) => Reach;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A function whose calls are handled together: those of one turn of the event loop, and those that come while others run. If
 * a run fails because of one of its items, each is run alone, so that only that one fails.
 */
export function gathered<Item, Result>({
  most,
  atOnce,
  run,
  reachOf,
}: Gathering<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running = 0;

  async function handle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await run(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) {
        const result = results[index];
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is a result for each item
        resolve(result as Result);
      }
    } catch (error) {
      const reach = reachOf(error);
      if (reach === 'one' && group.length > 1) {
        await Promise.all(group.map((one) => handle([one])));
        return;
      }
      const failing = reach === 'waiting' ? [...group, ...waiting.splice(0)] : group;
      for (const { reject } of failing) reject(error);
    }
  }

  async function handleThenNext(group: readonly Waiting<Item, Result>[]): Promise<void> {
    await handle(group);
    running -= 1;
    start();
  }

  function start(): void {
    while (running < atOnce && waiting.length > 0) {
      const group = waiting.splice(0, most);
      running += 1;
      void handleThenNext(group);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) setImmediate(start);
    });
}
