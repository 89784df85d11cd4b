import type { Use } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { RequestHead, RequestInfo } from '@vestibule/http';
import { networkUses } from '../limits/network-uses.ts';
import { pendingUses } from '../limits/pending-uses.ts';
import { currentSession, type SessionContext } from '../person/current-session.ts';
import { type DeviceContext, deviceName } from '../sign-in/known-device.ts';

const HOUR = 3_600;

/** A limit on authorizations. */
export type AuthorizationLimit = 'address' | 'person' | 'organization' | 'realm';

/**
 * The limits that an authorization uses when it begins, because it is stored until it expires. All anonymous browsers share
 * one number per realm. A browser with a session counts for its person instead, so anonymous requests cannot use up that
 * quota. Each organization has a share of the realm's number, so no network uses up all of it. All clients in a network share
 * its limits.
 */
export async function authorizationUses(
  context: SessionContext & DeviceContext,
  realm: Realm,
  request: RequestHead,
  info: RequestInfo,
): Promise<readonly Use<AuthorizationLimit>[]> {
  const networks = networkUses('authorization', realm, request, info);
  const person = await personKnownTo(context, realm, request);
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

/** The person who is or was signed in in this browser. */
async function personKnownTo(
  context: SessionContext & DeviceContext,
  realm: Realm,
  request: RequestHead,
): Promise<string | undefined> {
  const session = await currentSession(context, request);
  return session?.person.subject ?? deviceName(context, realm, request);
}
