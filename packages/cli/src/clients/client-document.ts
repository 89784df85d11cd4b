import {
  type Client,
  type ClientCore,
  type ClientDocument,
  type ExpiredClient,
  type Instant,
  isExpired,
  type Life,
  lifeOf,
  type Registration,
  registrationOf,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { isoTime } from '../output/time.ts';
import { describedAuthentication } from './described-authentication.ts';
import { preregistrationDocument } from './preregistration.ts';

/** Members of a registration that the document omits or summarizes, because they are hashes. */
type KeptBack = 'accessTokenHash' | 'fingerprint';

/** Members that are stored as numbers and printed as ISO 8601 times. */
type Moment = 'issuedAt' | 'lastUsedAt' | 'hibernatedAt' | 'blockedAt';

/** Members that are printed as they are stored. A new member does not compile until it is in one of these lists. */
const AS_KEPT: Readonly<
  Record<Exclude<keyof ClientCore, Moment> | Exclude<keyof Registration, KeptBack | Moment>, true>
> = {
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
export function clientDocument(client: Client | ExpiredClient, { settings }: Realm, now: Instant): object {
  const { kind, issuedAt, lastUsedAt, blockedAt } = client;
  const registration = registrationOf(client);
  const { hibernatedAt } = registration;
  return {
    kind,
    ...asKept({ ...client, ...registration }),
    ...(isExpired(client)
      ? { state: 'expired', expiredAt: isoTime(client.expiredAt) }
      : stateDocument(lifeOf(client, settings.lifecycle, now))),
    managesItself: registration.accessTokenHash !== undefined,
    ...(client.kind === 'pre-registered' && { preregistration: preregistrationDocument(client.terms) }),
    ...(client.kind === 'metadata-document' && { document: documentOf(client.document) }),
    issuedAt: isoTime(issuedAt),
    ...(lastUsedAt !== undefined && { lastUsedAt: isoTime(lastUsedAt) }),
    ...(hibernatedAt !== undefined && { hibernatedAt: isoTime(hibernatedAt) }),
    ...(blockedAt !== undefined && { blockedAt: isoTime(blockedAt) }),
  };
}

const asKept = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([member]) => Object.hasOwn(AS_KEPT, member)));

const documentOf = (document: ClientDocument): object => ({
  uri: document.uri,
  fetchedAt: isoTime(document.fetchedAt),
  expiresAt: isoTime(document.expiresAt),
  ...(document.isSnapshot === true && { isSnapshot: true }),
  authentication: describedAuthentication(document),
});

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
