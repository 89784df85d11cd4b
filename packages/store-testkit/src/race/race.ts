import type { Stores } from '@vestibule/server';
import type { Call } from './call.ts';

/** The number of concurrent calls. */
export const RACERS = 20;

/** Conflicting calls, and their required result in any order. */
export interface Race {
  readonly id: string;
  /** What must hold, as a sentence that continues with "of 20 calls at once". */
  readonly title: string;
  /** Creates one run. It uses only ids and realms that are made from `key`, so that many runs fit into one store. */
  readonly heat: (key: string) => Heat;
}

/** One run of a race. */
export interface Heat {
  readonly prepare?: (stores: Stores) => Promise<unknown>;
  readonly calls: readonly Call[];
  /** Checks the results, one for each call, and the stored data. */
  readonly judge: (answers: readonly unknown[], stores: Stores) => Promise<void>;
}
