import {
  type ClientResolver,
  type Instant,
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
  /** It sleeps, and would not be accepted any more. */
  | { readonly kind: 'unacceptable'; readonly refusal: Refusal }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'gone' };

/** Where a client stands: by its age, by what an operator said of it, and for one that slept by today's policy. */
export const standingOf = (
  client: StoredClient | undefined,
  realm: Realm,
  clients: Pick<ClientResolver, 'judgeAgain'>,
  now: Instant,
): Standing => standingWithin(realm.settings.lifecycle, client, realm, clients, now);

/**
 * Where a client stands for a person who began to connect it while it was there: that its time has run out since does
 * not stop them. It sleeps, if it does, as it did when they began.
 */
export const standingUnderWay = (
  client: StoredClient | undefined,
  realm: Realm,
  clients: Pick<ClientResolver, 'judgeAgain'>,
  now: Instant,
): Standing => {
  const { dormant } = realm.settings.lifecycle;
  return standingWithin({ unused: Infinity, dormant, asleep: Infinity }, client, realm, clients, now);
};

function standingWithin(
  lifecycle: Lifecycle,
  client: StoredClient | undefined,
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
    case 'gone':
      return { kind: 'gone' };
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
      return undefined;
    case 'unacceptable':
      return 'client-unacceptable';
    case 'blocked':
      return 'client-blocked';
    case 'gone':
      return 'client-unknown';
  }
}
