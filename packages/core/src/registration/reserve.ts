import type { RegistrationLimit } from '../audit/event.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { EgressRange } from '../realm/settings.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { isVendorsPlace } from '../brand/is-theirs.ts';
import type { Vendor } from '../brand/vendor.ts';
import { networksOf } from './networks.ts';
import type { RegistrationSource } from './registration-source.ts';

const HOUR: Seconds = 3_600;
const DAY: Seconds = 86_400;
const HALF_DAY: Seconds = DAY / 2;

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
  vendors: readonly Vendor[],
): Promise<RoomVerdict> {
  const taken: (Use & { readonly windowEnds: Instant })[] = [];
  const giveBack = async (): Promise<void> => {
    for (const { key, limit, windowEnds } of taken) await limiter.refund(key, limit, windowEnds);
  };
  for (const use of usesOf(realm, source, redirectFingerprints, vendors)) {
    const verdict = await limiter.consume(use.key, use.limit);
    if (!verdict.allowed) {
      await giveBack();
      return { room: false, limit: use.name, retryAfter: verdict.retryAfter };
    }
    taken.push({ ...use, windowEnds: verdict.windowEnds });
  }
  return { room: true, giveBack };
}

/**
 * What a registration uses: a pure list, so that what counts can be read in one place. Everything that strangers share
 * with others has a share in it that is theirs alone, so that nobody spends all of it.
 */
function usesOf(
  of: Realm,
  source: RegistrationSource,
  redirectFingerprints: readonly string[],
  vendors: readonly Vendor[],
): readonly Use[] {
  const { limits } = of.settings.registration;
  const use = (name: RegistrationLimit, key: string, limit: Limit): Use => ({
    name,
    key: `registration:${of.id}:${key}`,
    limit,
  });
  const realm = use('realm', 'realm', perDay(limits.perRealmPerDay));
  const range = egressRangeOf(of, source);
  if (range !== undefined) {
    const share = range.perDay ?? partOf(limits.perRealmPerDay, RANGE_PERCENT_OF_DAY);
    return [
      use('egress-range', `egress:${range.name}`, perHour(range.perHour)),
      use('egress-range', `egress-day:${range.name}`, perDay(share)),
      realm,
    ];
  }
  const share = partOf(limits.perRealmPerDay, limits.organizationPercentOfDay);
  return [
    ...networksOf(source, limits).map(({ name, key, times }) =>
      use(name, key, perHour(limits.perAddressPerHour * times)),
    ),
    ...(share < limits.perRealmPerDay
      ? [use('organization', `organization-day:${source.organization}`, perDay(share))]
      : []),
    ...(source.origin === undefined || isVendorsPage(source.origin, vendors)
      ? []
      : [use('origin', `origin:${source.origin}`, perHour(limits.perOriginPerHour))]),
    ...redirectFingerprints.map((fingerprint) =>
      use('redirect-uris', `redirect-uris:${fingerprint}`, perHour(limits.perRedirectUrisPerHour)),
    ),
    realm,
  ];
}

/** Whether the page that sent a request is a vendor's. */
function isVendorsPage(origin: string, vendors: readonly Vendor[]): boolean {
  const parsed = parseRedirectUri(origin);
  return parsed.ok && isVendorsPlace(parsed.uri, vendors);
}

/** Of the realm's day, what a range that the operator names may use where nothing else is said. */
const RANGE_PERCENT_OF_DAY = 50;

const partOf = (uses: number, percent: number): number => Math.ceil((uses * percent) / 100);

/** The range of the operator's that a request comes from, if any. */
export const egressRangeOf = (realm: Realm, source: RegistrationSource): EgressRange | undefined =>
  realm.settings.registration.limits.egressRanges.find(({ ranges }) => ranges.some(source.isWithin));

/** How often a range that an operator names may come in an hour where nothing else is said. */
const ATTEMPTS_OF_RANGE = 100_000;

/**
 * Whether an address, a network around it or a range that an operator names has come too often in this hour, whatever
 * became of it, and whether that is worth a word.
 */
export async function attempt(
  limiter: RateLimiter,
  realm: Realm,
  source: RegistrationSource,
): Promise<
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfter: Seconds; readonly isNews: boolean }
> {
  for (const [key, limit] of attemptsOf(realm, source)) {
    const verdict = await limiter.consume(key, limit);
    if (verdict.allowed) continue;
    const news = await limiter.consume(`${key}:taken-down`, perHour(1));
    return { ...verdict, isNews: news.allowed };
  }
  return { allowed: true };
}

/** What a request to register uses, whatever becomes of it. */
function attemptsOf(realm: Realm, source: RegistrationSource): readonly (readonly [string, Limit])[] {
  const { limits } = realm.settings.registration;
  const range = egressRangeOf(realm, source);
  const prefix = `registration:${realm.id}:attempts`;
  if (range !== undefined) {
    return [[`${prefix}:egress:${range.name}`, perHour(range.attemptsPerHour ?? ATTEMPTS_OF_RANGE)]];
  }
  return networksOf(source, limits).map(({ key, times }) => [
    `${prefix}:${key}`,
    perHour(limits.attemptsPerAddressPerHour * times),
  ]);
}

/**
 * Whether nobody was told yet that the realm's day is full. That is counted under a key of its own for each day,
 * `registration:main:day-full:41201`, which may be used once. The number says when the day ends, as the limiter counts days and
 * not by the calendar: in half-days since 1970-01-01 UTC, rounded, so that all requests of a day come to the same number and
 * those of the next day to another.
 *
 * @param retryAfter when the day is over, as the limiter says
 */
export async function isDayNews(
  limiter: RateLimiter,
  realm: Realm,
  now: Instant,
  retryAfter: Seconds,
): Promise<boolean> {
  // Days follow each other by 24 hours or more, and the end of one is known to a second.
  const day = Math.round(after(now, retryAfter) / (HALF_DAY * 1_000));
  const news = await limiter.consume(`registration:${realm.id}:day-full:${day}`, perDay(1));
  return news.allowed;
}

const perDay = (uses: number): Limit => ({ uses, seconds: DAY });

const perHour = (uses: number): Limit => ({ uses, seconds: HOUR });

/** Whether the realm has as many clients awake as it will have. Those that are never used make room within the hour. */
export async function isFull(clients: ClientStore, realm: Realm): Promise<boolean> {
  const { awakeClients } = realm.settings.registration.limits;
  return (await clients.countAwake(realm.id, awakeClients)) >= awakeClients;
}
