import type { Instant } from '../time.ts';
import type { Client, DynamicClient } from './client.ts';

/**
 * What is kept of a client that expired unused, so that a person's approval can restore it with the `client_id` that its
 * software still has. It is not a client: it gets no token and counts against no limit. Only the pages of an authorization
 * and operators use it.
 */
export interface ExpiredClient extends DynamicClient {
  /** When it expired, independent of the sweep. */
  readonly expiredAt: Instant;
}

/** Whether this is what is kept of an expired client, and not a client. */
export const isExpired = (client: Client | ExpiredClient): client is ExpiredClient => 'expiredAt' in client;

/** The largest record of one client, in characters of JSON. */
export const MAX_EXPIRED_CLIENT_LENGTH = 4_096;

/**
 * The kept members of a client: its name, its redirect URIs, and what it can obtain. Pages, contacts, translations and
 * software statement are dropped. `undefined` if the rest is still too long.
 */
export function expiredClient(client: DynamicClient, expiredAt: Instant): ExpiredClient | undefined {
  const { realm, id, name, redirectUris, grantTypes, applicationType, scope, issuedAt } = client;
  const { softwareStatement: _statement, hibernatedAt: _hibernatedAt, ...registration } = client.registration;
  const kept: ExpiredClient = {
    kind: 'dynamic',
    realm,
    id,
    version: 1,
    name,
    redirectUris,
    grantTypes,
    applicationType,
    ...(scope !== undefined && { scope }),
    issuedAt,
    registration,
    expiredAt,
  };
  return JSON.stringify(kept).length <= MAX_EXPIRED_CLIENT_LENGTH ? kept : undefined;
}

/** The client that a person's approval restores: active from then on. */
export function restoredClient(
  { expiredAt: _expiredAt, ...client }: ExpiredClient,
  at: Instant,
): DynamicClient {
  return { ...client, version: 1, lastUsedAt: at };
}
