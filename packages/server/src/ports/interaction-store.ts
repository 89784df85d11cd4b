import type { Decision, Interaction } from '../authorization-request/interaction.ts';

/** The decision that stands, and whether it is the one that was just made. */
export interface StandingDecision {
  readonly decision: Decision;
  readonly made: boolean;
}

/** Keeps interactions until they expire. Every method is atomic; none reads a clock. */
export interface InteractionStore {
  /** Adds an interaction. Never overwrites. */
  insert(interaction: Interaction): Promise<'inserted' | 'exists'>;
  /** The interaction, expired or not: whoever asks looks at the time. */
  find(realm: string, id: string): Promise<Interaction | undefined>;
  /**
   * Writes a decision unless there is one: of many at once exactly one is made, and it stands.
   * `undefined` where there is no such interaction.
   */
  decide(realm: string, id: string, decision: Decision): Promise<StandingDecision | undefined>;
}
