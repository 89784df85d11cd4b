import {
  type ExpiredClient,
  type Instant,
  type Life,
  lifeOf,
  type Realm,
  type StoredClient,
} from '@vestibule/core';
import { isoTime } from '../output/time.ts';
import { preregistrationDocument } from './preregistration.ts';

/** Members of a client that the document omits or summarizes, because they are or contain hashes. */
type KeptBack = 'registrationAccessTokenHash' | 'fingerprint' | 'preregistration';

/** Members that are stored as numbers and printed as ISO 8601 times. */
type Moment = 'issuedAt' | 'lastUsedAt' | 'hibernatedAt' | 'blockedAt';

/** Members that are printed as they are stored. A new member does not compile until it is in one of these lists. */
const AS_KEPT: Readonly<Record<Exclude<keyof StoredClient, KeptBack | Moment>, true>> = {
  id: true,
  realm: true,
  version: true,
  name: true,
  redirectUris: true,
  grantTypes: true,
  applicationType: true,
  scope: true,
  clientUri: true,
  logoUri: true,
  tosUri: true,
  policyUri: true,
  softwareId: true,
  softwareVersion: true,
  contacts: true,
  translations: true,
  bounds: true,
  softwareStatement: true,
  vouchedBy: true,
  initialAccessTokenId: true,
};

/** A client as JSON: all its details except hashes. */
export function clientDocument(
  client: StoredClient | ExpiredClient,
  { settings }: Realm,
  now: Instant,
): object {
  const { issuedAt, lastUsedAt, hibernatedAt, blockedAt, registrationAccessTokenHash, preregistration } =
    client;
  return {
    ...Object.fromEntries(Object.entries(client).filter(([member]) => Object.hasOwn(AS_KEPT, member))),
    ...('expiredAt' in client
      ? { state: 'expired', expiredAt: isoTime(client.expiredAt) }
      : stateDocument(lifeOf(client, settings.lifecycle, now))),
    managesItself: registrationAccessTokenHash !== undefined,
    ...(preregistration !== undefined && { preregistration: preregistrationDocument(preregistration) }),
    issuedAt: isoTime(issuedAt),
    ...(lastUsedAt !== undefined && { lastUsedAt: isoTime(lastUsedAt) }),
    ...(hibernatedAt !== undefined && { hibernatedAt: isoTime(hibernatedAt) }),
    ...(blockedAt !== undefined && { blockedAt: isoTime(blockedAt) }),
  };
}

function stateDocument(life: Life): object {
  switch (life.state) {
    case 'asleep':
      return { state: 'asleep', asleepSince: isoTime(life.since) };
    case 'gone':
      return { state: 'gone', goneBecause: life.reason };
    case 'awake':
    case 'blocked':
      return { state: life.state };
  }
}
