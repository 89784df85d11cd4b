/** The steps of an agent, in their order. */
export type Step = 'registration' | 'answer' | 'redirects';

/** How one check went for one agent. */
export interface CheckOutcome {
  /** The id of the agent. */
  readonly agent: string;
  readonly step: Step;
  /** Stable: `answer.redirect-uris`, `redirects.refuses`. */
  readonly check: string;
  /** The redirect URI that was tried. Absent in the other steps. */
  readonly uri?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What came and what should have come, or why it was not run, as a sentence. Absent where it passed. */
  readonly message?: string;
}

/** An outcome that is not yet known to be of an agent and a step. */
export type Result = Pick<CheckOutcome, 'check' | 'uri' | 'outcome' | 'message'>;

/** @param problem what does not hold; undefined where all is well */
export const judged = (check: string, problem: string | undefined): Result =>
  problem === undefined ? { check, outcome: 'passed' } : { check, outcome: 'failed', message: problem };

/** Not run, and why. */
export const skipped = (check: string, message: string): Result => ({ check, outcome: 'skipped', message });
