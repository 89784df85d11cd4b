import type { Decision, Transaction } from '../authorization-request/interaction.ts';

/** The decision that stands, and whether it is the one that was just made. */
export interface StandingDecision {
  readonly decision: Decision;
  readonly made: boolean;
}

/** Keeps transactions until they expire. Every method is atomic; none reads a clock. */
export interface TransactionStore {
  /** Adds a transaction. Never overwrites. */
  insert(transaction: Transaction): Promise<'inserted' | 'exists'>;
  /** The transaction, expired or not: whoever asks looks at the time. */
  find(realm: string, id: string): Promise<Transaction | undefined>;
  /**
   * Writes a decision unless there is one: of many at once exactly one is made, and it stands.
   * `undefined` where there is no such transaction.
   */
  decide(realm: string, id: string, decision: Decision): Promise<StandingDecision | undefined>;
}
