import type { ClientKind } from '../server/offers.ts';

/**
 * The steps of an agent, in order. One that registers: `registration`, `answer`, `redirects`. One with a metadata document:
 * `metadata`, `document`, `redirects`.
 */
export type Step = 'registration' | 'answer' | 'metadata' | 'document' | 'redirects';

/** The result of one check for one agent. */
export interface CheckOutcome {
  /** The id of the agent. */
  readonly agent: string;
  readonly kind: ClientKind;
  readonly step: Step;
  /** Stable: `answer.redirect-uris`, `redirects.refuses`. */
  readonly check: string;
  /** The redirect URI that was tried. Absent in other steps. */
  readonly uri?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What was received and what was expected, or why the check was not run, as a sentence. Absent if it passed. */
  readonly message?: string;
}

/** An outcome without its agent, kind and step. */
export type Result = Pick<CheckOutcome, 'check' | 'uri' | 'outcome' | 'message'>;

/** @param problem what is wrong; undefined if the check passes */
export const judged = (check: string, problem: string | undefined): Result =>
  problem === undefined ? { check, outcome: 'passed' } : { check, outcome: 'failed', message: problem };

/** Not run, with the reason. */
export const skipped = (check: string, message: string): Result => ({ check, outcome: 'skipped', message });
