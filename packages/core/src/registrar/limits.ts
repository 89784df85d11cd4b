import type { RegistrationLimit } from '../audit/event.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { EgressRange } from '../realm/settings.ts';
import type { Instant, Seconds } from '../time.ts';
import type { RegistrationSource } from './source.ts';

const HOUR: Seconds = 3_600;
const DAY: Seconds = 86_400;

/** One use of one limit. */
interface Use {
  readonly name: RegistrationLimit;
  readonly key: string;
  readonly limit: Limit;
}

export type RoomVerdict =
  /** Every limit had room, and has been used once. */
  | { readonly room: true; readonly giveBack: () => Promise<void> }
  /** One had none; nothing has been used. */
  | { readonly room: false; readonly limit: RegistrationLimit; readonly retryAfter: Seconds };

/**
 * Counts a registration that is about to be stored against every limit. What the policy refuses is not counted here: it
 * costs nothing that lasts, and an agent's author may need a few tries.
 */
export async function takeRoom(
  limiter: RateLimiter,
  realm: Realm,
  source: RegistrationSource,
  redirectFingerprints: readonly string[],
): Promise<RoomVerdict> {
  const taken: (Use & { readonly windowEnds: Instant })[] = [];
  const giveBack = async (): Promise<void> => {
    for (const { key, limit, windowEnds } of taken) await limiter.refund(key, limit, windowEnds);
  };
  for (const use of usesOf(realm, source, redirectFingerprints)) {
    const verdict = await limiter.consume(use.key, use.limit);
    if (!verdict.allowed) {
      await giveBack();
      return { room: false, limit: use.name, retryAfter: verdict.retryAfter };
    }
    taken.push({ ...use, windowEnds: verdict.windowEnds });
  }
  return { room: true, giveBack };
}

function usesOf(
  realm: Realm,
  source: RegistrationSource,
  redirectFingerprints: readonly string[],
): readonly Use[] {
  const { limits } = realm.settings.registration;
  const prefix = `registration:${realm.id}`;
  const day: Use = {
    name: 'realm',
    key: `${prefix}:realm`,
    limit: { uses: limits.perRealmPerDay, seconds: DAY },
  };
  const range = egressRangeOf(realm, source);
  if (range !== undefined) {
    return [
      { name: 'egress-range', key: `${prefix}:egress:${range.name}`, limit: perHour(range.perHour) },
      day,
    ];
  }
  const address: Use = {
    name: 'address',
    key: `${prefix}:address:${source.addressKey}`,
    limit: perHour(limits.perAddressPerHour),
  };
  const redirectUris = redirectFingerprints.map((fingerprint): Use => ({
    name: 'redirect-uris',
    key: `${prefix}:redirect-uris:${fingerprint}`,
    limit: perHour(limits.perRedirectUrisPerHour),
  }));
  return [address, ...redirectUris, day];
}

/** The range of the operator's that a request comes from, if any. */
export const egressRangeOf = (realm: Realm, source: RegistrationSource): EgressRange | undefined =>
  realm.settings.registration.limits.egressRanges.find(({ ranges }) => ranges.some(source.isWithin));

/** How often a range that an operator names may come in an hour where nothing else is said. */
const ATTEMPTS_OF_RANGE = 100_000;

/**
 * Whether an address, or a range that an operator names, has come too often in this hour, whatever became of it, and
 * whether that is worth a word.
 */
export async function attempt(
  limiter: RateLimiter,
  realm: Realm,
  source: RegistrationSource,
): Promise<
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfter: Seconds; readonly isNews: boolean }
> {
  const range = egressRangeOf(realm, source);
  const prefix = `registration:${realm.id}:attempts`;
  const [key, uses] =
    range === undefined
      ? [`${prefix}:${source.addressKey}`, realm.settings.registration.limits.attemptsPerAddressPerHour]
      : [`${prefix}:egress:${range.name}`, range.attemptsPerHour ?? ATTEMPTS_OF_RANGE];
  const verdict = await limiter.consume(key, perHour(uses));
  if (verdict.allowed) return verdict;
  const news = await limiter.consume(`${key}:taken-down`, perHour(1));
  return { ...verdict, isNews: news.allowed };
}

const perHour = (uses: number): Limit => ({ uses, seconds: HOUR });

/** Whether the realm has as many clients awake as it will have. Those that are never used make room within the hour. */
export async function isFull(clients: ClientStore, realm: Realm): Promise<boolean> {
  const { awakeClients } = realm.settings.registration.limits;
  return (await clients.countAwake(realm.id, awakeClients)) >= awakeClients;
}
