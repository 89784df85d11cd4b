import { type Api, askGates, type Instant, type Realm } from '@vestibule/core';
import { isRegistered } from '../client/is-registered.ts';
import type { ShownClient } from '../client/shown-client.ts';
import { problemOf, type Standing } from '../client/standing.ts';
import { gateError, type GateError } from '../gate/gate-error.ts';
import type { PageProblem } from '../pages/views.ts';
import type { Authentication } from '../session/authentication.ts';
import type { Person, Session } from '../session/session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';

export interface ConsentQuestion {
  readonly transaction: Transaction;
  /** As they are now, not as they were when the transaction began. */
  readonly realm: Realm;
  readonly client: ShownClient | undefined;
  readonly standing: Standing;
  /** Where somebody is signed in in this browser. */
  readonly session: Pick<Session, 'person' | 'authentication'> | undefined;
}

/** What stands between a transaction and the person's decision. */
export type ConsentStep =
  /** It was decided before: there is nothing left to ask. */
  | { readonly kind: 'hand-back'; readonly decision: Decision }
  | { readonly kind: 'problem'; readonly problem: PageProblem }
  /** A gate was closed since it began. */
  | { readonly kind: 'refuse'; readonly error: GateError }
  | { readonly kind: 'sign-in' }
  | ConsentCase;

/** Everything that the person decides about. */
export interface ConsentCase {
  readonly kind: 'ask';
  readonly realm: Realm;
  readonly client: ShownClient;
  readonly asleepSince?: Instant;
  readonly api: Api;
  readonly scopes: readonly string[];
  readonly person: Person;
  /** How the person proved who they are. */
  readonly authentication: Authentication;
}

/** Judges where a transaction stands, before the page is shown and again before a decision is taken. */
export function decideConsent({
  transaction,
  realm,
  client,
  standing,
  session,
}: ConsentQuestion): ConsentStep {
  const { decision } = transaction;
  if (decision !== undefined) return { kind: 'hand-back', decision };
  if (client === undefined) return { kind: 'problem', problem: 'client-unknown' };
  if (!isRegistered(client, transaction.request.redirectUri)) {
    return { kind: 'problem', problem: 'redirect-uri-unregistered' };
  }
  const problem = problemOf(standing);
  if (problem !== undefined) return { kind: 'problem', problem };
  const { resource, scopes: requested } = transaction.request;
  const gates = askGates({ realm, client, resource, requested });
  if (!gates.open) {
    return { kind: 'refuse', error: gateError(gates.gate, { resource, scope: requested.join(' ') }) };
  }
  if (session === undefined) return { kind: 'sign-in' };
  const { person, authentication } = session;
  const asleep = standing.kind === 'asleep' && { asleepSince: standing.since };
  return {
    kind: 'ask',
    realm,
    client,
    ...asleep,
    api: gates.api,
    scopes: gates.scopes,
    person,
    authentication,
  };
}
