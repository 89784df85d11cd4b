import { aCodeIsExchangedOnce } from './a-code-is-exchanged-once.ts';
import type { Stored } from '../history/stored.ts';
import { aFamilyHasOneLiveSuccessor } from './a-family-has-one-live-successor.ts';
import type { Evidence, Invariant } from './invariant.ts';
import { noEventWithoutItsFact } from './no-event-without-its-fact.ts';
import { noFactWithoutItsEvent } from './no-fact-without-its-event.ts';
import { noQuotaIsExceeded } from './no-quota-is-exceeded.ts';
import { noRequestFailsByItself } from './no-request-fails-by-itself.ts';
import { noTokenForAnotherAudience } from './no-token-for-another-audience.ts';
import { noTokenOutsideTheGates } from './no-token-outside-the-gates.ts';
import { noTokenWithoutAnApproval } from './no-token-without-an-approval.ts';
import { nothingAnsweredIsLost } from './nothing-answered-is-lost.ts';
import { nothingIsKeptWithoutBound } from './nothing-is-kept-without-bound.ts';
import { whatWasEndedStaysEnded } from './what-was-ended-stays-ended.ts';

export const INVARIANTS: readonly Invariant[] = [
  aCodeIsExchangedOnce,
  aFamilyHasOneLiveSuccessor,
  noTokenOutsideTheGates,
  noTokenForAnotherAudience,
  noTokenWithoutAnApproval,
  noQuotaIsExceeded,
  noFactWithoutItsEvent,
  noEventWithoutItsFact,
  nothingAnsweredIsLost,
  whatWasEndedStaysEnded,
  nothingIsKeptWithoutBound,
  noRequestFailsByItself,
];

/** An invariant that does not hold. */
export interface Violation {
  readonly invariant: string;
  readonly says: string;
}

/** Checks every invariant. */
export const violationsOf = (evidence: Evidence): readonly Violation[] =>
  INVARIANTS.flatMap(({ name, check }) => check(evidence).map((says) => ({ invariant: name, says })));

/** Checks what holds when everything has expired. Clients and events are gone then, so nothing else can be compared. */
export const violationsAtTheEnd = (
  left: readonly string[],
  errors: readonly unknown[],
): readonly Violation[] => {
  const nothing: Stored = {
    clients: [],
    expired: [],
    events: [],
    grants: [],
    ended: new Map(),
    initialAccessTokens: [],
  };
  return violationsOf({ now: 0, history: [], stored: nothing, realmStates: [], errors, left });
};
