import { isRestorable, lifeOf } from '../lifecycle/life.ts';
import { type ClientRules, judgeAgain } from '../policy/judge-again.ts';
import type { Realm } from '../realm/realm.ts';
import type { MetadataDocumentSettings } from '../realm/metadata-document-settings.ts';
import type { Lifecycle } from '../realm/settings.ts';
import type { Refusal } from '../refusal.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { isSealed } from './sealed-client.ts';
import type { Client } from './client.ts';
import type { ExpiredClient } from './expired-client.ts';

/** What a client is allowed to do at a time. */
export type Standing =
  | { readonly kind: 'good' }
  /** It is hibernated and still acceptable: a person's approval reactivates it. */
  | { readonly kind: 'asleep'; readonly since: Instant }
  /** It expired unused and is still acceptable: a person's approval restores it. */
  | { readonly kind: 'restorable' }
  /** It is hibernated, expired or not stored yet, and no longer acceptable. */
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
  client: Client | ExpiredClient | undefined,
  realm: Realm,
  rules: ClientRules,
  now: Instant,
): Standing =>
  standingWithin(
    { ...realm.settings.lifecycle, stale: realm.settings.metadataDocuments.stale },
    client,
    realm,
    rules,
    now,
  );

/**
 * The standing of a client for a person who began an interaction in time: if its period has ended since, they can still
 * finish. If it is hibernated, it was so at the beginning.
 */
export const standingDuringInteraction = (
  client: Client | ExpiredClient | undefined,
  realm: Realm,
  rules: ClientRules,
  now: Instant,
): Standing => {
  const { lifecycle } = realm.settings;
  const patient = { ...lifecycle, unused: Infinity, asleep: Infinity, restorable: Infinity, stale: Infinity };
  const present = client !== undefined && isSealed(client) ? { ...client, expiresAt: Infinity } : client;
  return standingWithin(patient, present, realm, rules, now);
};

/** The periods of clients. */
interface Periods extends Lifecycle {
  readonly stale: Seconds;
}

function standingWithin(
  periods: Periods,
  client: Client | ExpiredClient | undefined,
  realm: Realm,
  rules: ClientRules,
  now: Instant,
): Standing {
  if (client === undefined) return { kind: 'gone' };
  const life = lifeOf(client, periods, now);
  switch (life.state) {
    case 'awake': {
      if (isDocumentTooOld(client, periods, now)) return { kind: 'gone' };
      // Nothing was decided about a client that is not stored, so the current policy decides each time.
      const refusal = isSealed(client) ? judgeAgain(client, realm, rules) : undefined;
      return refusal === undefined ? { kind: 'good' } : { kind: 'unacceptable', refusal };
    }
    case 'blocked':
      return { kind: 'blocked' };
    case 'gone': {
      if (life.reason !== 'unused' || !isRestorable(client, periods, now)) return { kind: 'gone' };
      const refusal = judgeAgain(client, realm, rules);
      return refusal === undefined ? { kind: 'restorable' } : { kind: 'unacceptable', refusal };
    }
    case 'asleep': {
      const refusal = judgeAgain(client, realm, rules);
      return refusal === undefined
        ? { kind: 'asleep', since: life.since }
        : { kind: 'unacceptable', refusal };
    }
  }
}

/** Whether the copy of a client's document is too old: for longer than the realm allows it was not fetched, or was not accepted. */
export const isDocumentTooOld = (
  client: Client | ExpiredClient,
  { stale }: Pick<MetadataDocumentSettings, 'stale'>,
  now: Instant,
): boolean => client.kind === 'metadata-document' && after(client.document.expiresAt, stale) <= now;
