import type { RateLimiter, Realm, Seconds } from '@vestibule/core';
import type { RequestInfo } from '@vestibule/http';
import { currentSession, type SessionContext } from '../person/current-session.ts';
import { type DeviceContext, deviceName } from '../sign-in/known-device.ts';
import { reservePending } from '../limits/reserve-pending.ts';
import { countRequestOfNetworks } from '../limits/count-request.ts';

const HOUR = 3_600;

/** Which limit had no room for another authorization. */
export type AuthorizationLimit = 'address' | 'person' | 'organization' | 'realm';

export type AuthorizationReservation =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfter: Seconds; readonly limit: AuthorizationLimit };

/**
 * Counts an authorization that is about to begin, which is kept until it expires. Strangers together begin so many in a
 * realm. A browser in which a person has signed in is not among them, and counts for that person: strangers cannot use up
 * its part of the realm's number. Of that number an organization has a part, so that no network uses up all of it. The limits of a network are shared by all that are in it.
 */
export async function reserveAuthorization(
  context: SessionContext & DeviceContext & { readonly limiter: RateLimiter },
  realm: Realm,
  request: Request,
  info: RequestInfo,
): Promise<AuthorizationReservation> {
  const { limiter } = context;
  const ofAddress = await countRequestOfNetworks(context, 'authorization', realm, request, info);
  if (!ofAddress.allowed) return { ...ofAddress, limit: 'address' };

  const person = await personKnownTo(context, realm, request);
  const { settings } = realm;
  if (person !== undefined) {
    const perHour = {
      uses: settings.registration.limits.authorizationsPerAddressPerHour,
      seconds: HOUR,
    };
    const ofPerson = await limiter.consume(`authorization:${realm.id}:person:${person}`, perHour);
    return ofPerson.allowed ? { allowed: true } : { ...ofPerson, limit: 'person' };
  }
  const atOnce = { uses: settings.limits.pendingAuthorizations, seconds: settings.lifetimes.transaction };
  const pending = await reservePending(limiter, 'authorizations', realm, info, atOnce);
  return pending.room ? { allowed: true } : { ...pending, allowed: false };
}

/** Who is signed in in this browser, or was. */
async function personKnownTo(
  context: SessionContext & DeviceContext & { readonly limiter: RateLimiter },
  realm: Realm,
  request: Request,
): Promise<string | undefined> {
  const session = await currentSession(context, request);
  return session?.person.subject ?? deviceName(context, realm, request);
}
