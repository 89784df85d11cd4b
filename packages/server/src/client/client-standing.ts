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

/** What may be done with a client at a moment. */
export type Standing =
  | { readonly kind: 'good' }
  /** It sleeps, and would still be accepted: a person's consent wakes it. */
  | { readonly kind: 'asleep'; readonly since: Instant }
  /** It expired without ever being used, and would still be accepted: a person's consent restores it. */
  | { readonly kind: 'restorable' }
  /** It sleeps or expired, and would not be accepted any more. */
  | { readonly kind: 'unacceptable'; readonly refusal: Refusal }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'gone' };

/**
 * Where a client stands: by its age, by what an operator said of it, and for one that slept or expired by today's policy.
 *
 * @param client or what is kept of one that expired
 */
export const standingOf = (
  client: StoredClient | ExpiredClient | undefined,
  realm: Realm,
  clients: Pick<ClientResolver, 'judgeAgain'>,
  now: Instant,
): Standing => standingWithin(realm.settings.lifecycle, client, realm, clients, now);

/**
 * Where a client stands for a person who began to connect it while it was there: that its time has run out since does
 * not stop them. It sleeps, if it does, as it did when they began.
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

/** What a person is told whose client cannot go on as it stands; `undefined` where it can. */
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
