import {
  type ClientResolver,
  type ExpiredClient,
  type Instant,
  isRestorable,
  type Lifecycle,
  lifeOf,
  type Realm,
  type Refusal,
  type StoredClient,
} from '@vestibule/core';
import type { PageProblem } from '../pages/views.ts';

/** What a client is allowed to do at a time. */
export type Standing =
  | { readonly kind: 'good' }
  /** It is hibernated and still acceptable: a person's approval reactivates it. */
  | { readonly kind: 'asleep'; readonly since: Instant }
  /** It expired unused and is still acceptable: a person's approval restores it. */
  | { readonly kind: 'restorable' }
  /** It is hibernated or expired, and no longer acceptable. */
  | { readonly kind: 'unacceptable'; readonly refusal: Refusal }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'gone' };

/**
 * The standing of a client, from its age, from what an operator decided, and for a hibernated or expired client from the
 * current policy.
 *
 * @param client a stored client, or what is kept of an expired one
 */
export const standingOf = (
  client: StoredClient | ExpiredClient | undefined,
  realm: Realm,
  clients: Pick<ClientResolver, 'judgeAgain'>,
  now: Instant,
): Standing => standingWithin(realm.settings.lifecycle, client, realm, clients, now);

/**
 * The standing of a client for a person who began an interaction in time: if its period has ended since, they can still
 * finish. If it is hibernated, it was so at the beginning.
 */
export const standingDuringInteraction = (
  client: StoredClient | ExpiredClient | undefined,
  realm: Realm,
  clients: Pick<ClientResolver, 'judgeAgain'>,
  now: Instant,
): Standing => {
  const { lifecycle } = realm.settings;
  const patient = { ...lifecycle, unused: Infinity, asleep: Infinity, restorable: Infinity };
  return standingWithin(patient, client, realm, clients, now);
};

function standingWithin(
  lifecycle: Lifecycle,
  client: StoredClient | ExpiredClient | undefined,
  realm: Realm,
  { judgeAgain }: Pick<ClientResolver, 'judgeAgain'>,
  now: Instant,
): Standing {
  if (client === undefined) return { kind: 'gone' };
  const life = lifeOf(client, lifecycle, now);
  switch (life.state) {
    case 'awake':
      return { kind: 'good' };
    case 'blocked':
      return { kind: 'blocked' };
    case 'gone': {
      if (life.reason !== 'unused' || !isRestorable(client, lifecycle, now)) return { kind: 'gone' };
      const refusal = judgeAgain(realm, client);
      return refusal === undefined ? { kind: 'restorable' } : { kind: 'unacceptable', refusal };
    }
    case 'asleep': {
      const refusal = judgeAgain(realm, client);
      return refusal === undefined
        ? { kind: 'asleep', since: life.since }
        : { kind: 'unacceptable', refusal };
    }
  }
}

/** The problem page for a person whose client cannot continue; `undefined` if it can. */
export function problemOf({ kind }: Standing): PageProblem | undefined {
  switch (kind) {
    case 'good':
    case 'asleep':
    case 'restorable':
      return undefined;
    case 'unacceptable':
      return 'client-unacceptable';
    case 'blocked':
      return 'client-blocked';
    case 'gone':
      return 'client-unknown';
  }
}
