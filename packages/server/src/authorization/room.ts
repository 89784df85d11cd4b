import { networksOf, type RateLimitVerdict, type Realm } from '@vestibule/core';
import { type RequestInfo, sourceOf } from '@vestibule/http';
import type { ServerContext } from '../context.ts';

const HOUR = 3_600;

/**
 * Counts an authorization request, or a pushed one, for the address that it comes from and for the networks around it.
 * Each such request is kept for a while.
 */
export async function takeRoom(
  { limiter }: Pick<ServerContext, 'limiter'>,
  kind: 'authorization' | 'pushed-request',
  realm: Realm,
  request: Request,
  { ip }: RequestInfo,
): Promise<RateLimitVerdict> {
  const { limits } = realm.settings.registration;
  let windowEnds = Infinity;
  for (const { key, times } of networksOf(sourceOf(ip, request.headers.get('origin')), limits)) {
    const limit = { uses: limits.authorizationsPerAddressPerHour * times, seconds: HOUR };
    const verdict = await limiter.consume(`${kind}:${realm.id}:${key}`, limit);
    if (!verdict.allowed) return verdict;
    windowEnds = Math.min(windowEnds, verdict.windowEnds);
  }
  return { allowed: true, windowEnds };
}
