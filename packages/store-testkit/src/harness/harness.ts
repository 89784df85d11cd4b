import type { Stores } from '@vestibule/server';

/** How the kit opens a store. */
export interface StoreHarness {
  /** A new, empty store without data of an earlier case. */
  open(): Promise<OpenedStore>;
}

/** A store for one case. */
export interface OpenedStore {
  readonly stores: Stores;
  /** Opens the same data over another connection. Absent if that is impossible. */
  readonly connect?: () => Promise<OpenedConnection>;
  /** How another process opens the same data. Absent if processes cannot share it. */
  readonly elsewhere?: Elsewhere;
  /**
   * Makes the recording of audit events fail from now on, as on a full disk, and nothing else. Absent if that is impossible.
   */
  readonly failEvents?: () => Promise<void>;
  /** Closes the store and removes its data. Called once, after every connection is closed. */
  close(): Promise<void>;
}

/** The same data over another connection. */
export interface OpenedConnection {
  readonly stores: Stores;
  close(): Promise<void>;
}

/** How another process opens the data. */
export interface Elsewhere {
  /** File URL of a module that exports {@link OpenStores} as `openStores`. */
  readonly module: string;
  /** The argument of that function, as JSON. */
  readonly argument: unknown;
}

/**
 * The function `openStores` in the module of {@link Elsewhere}. A process that has closed its data serves the next case, and
 * calls this again.
 */
export type OpenStores = (argument: unknown) => Promise<OpenedConnection>;
