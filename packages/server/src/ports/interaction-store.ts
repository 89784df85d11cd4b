import type { Decision, Interaction } from '../authorization-request/interaction.ts';

/** The final decision, and whether this call made it. */
export interface StandingDecision {
  readonly decision: Decision;
  readonly made: boolean;
}

/** Stores interactions until they expire. Every method is atomic; none reads a clock. */
export interface InteractionStore {
  /** Adds an interaction. Never overwrites. */
  insert(interaction: Interaction): Promise<'inserted' | 'exists'>;
  /** The interaction, expired or not: the caller checks the time. */
  find(realm: string, id: string): Promise<Interaction | undefined>;
  /**
   * Stores a decision unless one exists: of concurrent calls exactly one is stored, and it is final. `undefined` if the
   * interaction is unknown.
   */
  decide(realm: string, id: string, decision: Decision): Promise<StandingDecision | undefined>;
}
