import type { Stores } from '@vestibule/server';
import type { Call } from './call.ts';

/** How many calls are made at once. */
export const RACERS = 20;

/** Calls that get into each other's way, and what must come of them in whatever order they happen. */
export interface Race {
  readonly id: string;
  /** What must hold, as a sentence that goes on with "of 20 calls at once". */
  readonly title: string;
  /** Sets up one heat. It keeps to ids and realms that are made from `key`, so that many heats fit into one store. */
  readonly heat: (key: string) => Heat;
}

/** One run of a race. */
export interface Heat {
  readonly prepare?: (stores: Stores) => Promise<unknown>;
  readonly calls: readonly Call[];
  /** Looks at the answers, one for each call, and at what was kept. */
  readonly judge: (answers: readonly unknown[], stores: Stores) => Promise<void>;
}
