import type { Use } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { RequestHead, RequestInfo } from '@vestibule/http';
import { networkUses } from '../limits/network-uses.ts';
import { pendingUses } from '../limits/pending-uses.ts';
import type { Session } from '../records/session.ts';
import { type DeviceContext, deviceName } from '../sign-in/known-device.ts';

const HOUR = 3_600;

/** A limit on authorizations. */
export type AuthorizationLimit = 'address' | 'person' | 'organization' | 'realm';

/**
 * The limits that an authorization uses when it begins, because it is stored until it expires. All anonymous browsers share
 * one number per realm. A browser with a session counts for its person instead, so anonymous requests cannot use up that
 * quota. Each organization has a share of the realm's number, so no network uses up all of it. All clients in a network share
 * its limits. A person counts in every browser in which they are or were signed in.
 */
export async function authorizationUses(
  context: DeviceContext,
  realm: Realm,
  request: RequestHead,
  info: RequestInfo,
  session: Pick<Session, 'person'> | undefined,
): Promise<readonly Use<AuthorizationLimit>[]> {
  const networks = networkUses('authorization', realm, request, info);
  const person = session?.person.subject ?? (await deviceName(context, realm, request));
  const { settings } = realm;
  if (person !== undefined) {
    const perHour = {
      uses: settings.registration.limits.authorizationsPerAddressPerHour,
      seconds: HOUR,
    };
    return [
      ...networks,
      { name: 'person', key: `authorization:${realm.id}:person:${person}`, limit: perHour },
    ];
  }
  const atOnce = { uses: settings.limits.pendingAuthorizations, seconds: settings.lifetimes.transaction };
  return [...networks, ...pendingUses('authorizations', realm, info, atOnce)];
}
