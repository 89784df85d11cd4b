import type { RateLimiter, Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { RequestInfo } from '@vestibule/http';
import { currentSession, type SessionContext } from '../person/current-session.ts';
import { type DeviceContext, deviceName } from '../sign-in/known-device.ts';
import { reservePending } from '../limits/reserve-pending.ts';
import { countRequestOfNetworks } from '../limits/count-request.ts';

const HOUR = 3_600;

/** The limit that was reached by another authorization. */
export type AuthorizationLimit = 'address' | 'person' | 'organization' | 'realm';

export type AuthorizationReservation =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfter: Seconds; readonly limit: AuthorizationLimit };

/**
 * Counts an authorization before it begins, because it is stored until it expires. All anonymous browsers share one number
 * per realm. A browser with a session counts for its person instead, so anonymous requests cannot use up that quota. Each
 * organization has a share of the realm's number, so no network uses up all of it. All clients in a network share its
 * limits.
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

/** The person who is or was signed in in this browser. */
async function personKnownTo(
  context: SessionContext & DeviceContext & { readonly limiter: RateLimiter },
  realm: Realm,
  request: Request,
): Promise<string | undefined> {
  const session = await currentSession(context, request);
  return session?.person.subject ?? deviceName(context, realm, request);
}
