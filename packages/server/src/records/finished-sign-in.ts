import type { Authentication } from './authentication.ts';
import type { Person } from './session.ts';

/** What another system says of a person. */
export interface ReportedProfile {
  readonly email?: string;
  /** Whether it was verified that the address belongs to the person. @default false */
  readonly emailVerified?: boolean;
  /**
   * The groups of the person there, at most 200 of at most 256 characters each. They decide which APIs the person may let apps use,
   * beside the groups that an operator gave, which no sign-in changes.
   *
   * @default none: those that an earlier sign-in reported are deleted
   */
  readonly groups?: readonly string[];
}

/**
 * A sign-in that a page elsewhere has finished, as it is kept until the browser returns with its ticket. The browser in which
 * the person signed in is the only one that has the ticket.
 */
export interface FinishedSignIn {
  /** Hash of the `state` of the sign-in that was finished. A ticket is for no other. */
  readonly stateHash: string;
  readonly person: Person;
  readonly authentication: Authentication;
  /** What is stored of the person when the browser returns. Absent: nothing. */
  readonly profile?: ReportedProfile;
}
