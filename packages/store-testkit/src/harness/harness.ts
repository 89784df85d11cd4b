import type { Stores } from '@vestibule/server';

/** How the kit gets at a store. */
export interface StoreHarness {
  /** A fresh, empty store: nothing of an earlier case is in it. */
  open(): Promise<OpenedStore>;
}

/** A store that one case has to itself. */
export interface OpenedStore {
  readonly stores: Stores;
  /** Opens the same data once more, over a connection of its own. Absent where that cannot be. */
  readonly connect?: () => Promise<OpenedConnection>;
  /** How another process opens the same data. Absent where processes cannot share it. */
  readonly elsewhere?: Elsewhere;
  /**
   * Makes recording an audit event fail from now on, as on a full disk, and nothing else. Absent if that cannot be arranged.
   */
  readonly failEvents?: () => Promise<void>;
  /** Closes it and clears away what it left behind. Called once, after every connection is closed. */
  close(): Promise<void>;
}

/** The same data over another connection. */
export interface OpenedConnection {
  readonly stores: Stores;
  close(): Promise<void>;
}

/** A way to the data from another process. */
export interface Elsewhere {
  /** File URL of a module that exports {@link OpenStores} as `openStores`. */
  readonly module: string;
  /** What that function is given: JSON. */
  readonly argument: unknown;
}

/**
 * What the module of {@link Elsewhere} exports as `openStores`. A process that has closed what it opened serves the next case,
 * and calls this again.
 */
export type OpenStores = (argument: unknown) => Promise<OpenedConnection>;
