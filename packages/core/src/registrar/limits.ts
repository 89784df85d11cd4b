import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { Seconds } from '../time.ts';

const HOUR: Seconds = 3_600;
const DAY: Seconds = 86_400;

/**
 * Counts a registration that is about to be stored against both limits, and says which has no room. What the
 * policy refuses is not counted: it costs nothing that lasts, and an agent's author may need a few tries.
 */
export async function registrationLimits(
  limiter: RateLimiter,
  realm: Realm,
  addressKey: string,
): Promise<{ readonly limit: 'address' | 'realm'; readonly retryAfter: Seconds } | undefined> {
  const { perAddressPerHour, perRealmPerDay } = realm.settings.registration.limits;
  const address: Limit = { uses: perAddressPerHour, seconds: HOUR };
  const addressUse = `registration:${realm.id}:address:${addressKey}`;

  const byAddress = await limiter.consume(addressUse, address);
  if (!byAddress.allowed) return { limit: 'address', retryAfter: byAddress.retryAfter };

  const byRealm = await limiter.consume(`registration:${realm.id}:realm`, {
    uses: perRealmPerDay,
    seconds: DAY,
  });
  if (byRealm.allowed) return undefined;
  await limiter.refund(addressUse, address);
  return { limit: 'realm', retryAfter: byRealm.retryAfter };
}
