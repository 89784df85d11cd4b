import type { RateLimiter, Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { networksOf } from '@vestibule/core/registration';
import { type RequestInfo, sourceOf } from '@vestibule/http';

const HOUR = 3_600;

/** Whether a limit allows one more. */
export type Room = { readonly allowed: true } | { readonly allowed: false; readonly retryAfter: Seconds };

/**
 * Counts an authorization request, or a pushed one, for its address and the networks around it. Each such request is stored
 * for a while.
 */
export async function countRequestOfNetworks(
  { limiter }: { readonly limiter: RateLimiter },
  kind: 'authorization' | 'pushed-request',
  realm: Realm,
  request: Request,
  { ip }: RequestInfo,
): Promise<Room> {
  const { limits } = realm.settings.registration;
  for (const { key, times } of networksOf(sourceOf(ip, request.headers.get('origin')), limits)) {
    const limit = { uses: limits.authorizationsPerAddressPerHour * times, seconds: HOUR };
    const verdict = await limiter.consume(`${kind}:${realm.id}:${key}`, limit);
    if (!verdict.allowed) return verdict;
  }
  return { allowed: true };
}
