import type { Authentication } from './authentication.ts';
import type { Person } from './session.ts';

/**
 * A sign-in that a page elsewhere has finished, as it is kept until the browser returns with its ticket. The browser in which
 * the person signed in is the only one that has the ticket.
 */
export interface FinishedSignIn {
  /** Hash of the `state` of the sign-in that was finished. A ticket is for no other. */
  readonly stateHash: string;
  readonly person: Person;
  readonly authentication: Authentication;
}
