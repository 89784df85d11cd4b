import type { Decision, Interaction } from '../authorization-request/interaction.ts';
import type { Grant } from '../records/grant.ts';

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
   *
   * @param grant what an approval grants. It is stored, not yet opened, together with the decision: both or neither. If the
   *   decision is not made, nothing is added
   * @throws Error if a grant has its id; then the interaction is as before
   */
  decide(realm: string, id: string, decision: Decision, grant?: Grant): Promise<StandingDecision | undefined>;
}
