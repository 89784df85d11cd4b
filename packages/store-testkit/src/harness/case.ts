import type { Stores } from '@vestibule/server';
import type { OpenedStore } from './harness.ts';

/** What a case requires of a store. */
export type Requirement = 'connections' | 'processes' | 'event-failures' | 'provider-tokens';

/** One requirement for every store. */
export interface StoreCase {
  /** Stable; begins with the name of the store: `codes.take.once-of-20`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  readonly requires: readonly Requirement[];
  /** @throws Error if it does not hold; the message contains the actual result */
  run(opened: OpenedStore): Promise<void>;
}

/** A case for every store. */
export const storeCase = (id: string, title: string, run: (stores: Stores) => Promise<void>): StoreCase => ({
  id,
  title,
  requires: [],
  run: ({ stores }) => run(stores),
});

/** A case with a second connection. */
export const connectionCase = (
  id: string,
  title: string,
  run: (here: Stores, there: Stores) => Promise<void>,
): StoreCase => ({
  id: `${id}.connections`,
  title,
  requires: ['connections'],
  run: async ({ stores, connect }) => {
    if (connect === undefined) throw new Error('The store offers no second connection.');
    const other = await connect();
    try {
      await run(stores, other.stores);
    } finally {
      await other.close();
    }
  },
});

/** A case with a store that can be made unable to record events. */
export const eventFailureCase = (
  id: string,
  title: string,
  run: (stores: Stores, failEvents: () => Promise<void>) => Promise<void>,
): StoreCase => ({
  id,
  title,
  requires: ['event-failures'],
  run: async ({ stores, failEvents }) => {
    if (failEvents === undefined) throw new Error('The store offers no way to make recording events fail.');
    await run(stores, failEvents);
  },
});

/** What is required and not offered; empty if the case can run. */
export function missingFrom(opened: OpenedStore, { requires }: StoreCase): readonly Requirement[] {
  const offered = {
    connections: opened.connect,
    processes: opened.elsewhere,
    'event-failures': opened.failEvents,
    'provider-tokens': opened.stores.providerTokens,
  };
  return requires.filter((requirement) => offered[requirement] === undefined);
}
