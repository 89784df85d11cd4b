import type { RegistrationLimit } from '../audit/event.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { EgressRange, RegistrationLimits } from '../realm/settings.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { type AllConsumed, consumeAll, type Use } from '../limits/consume-all.ts';
import { partOf, withShare } from '../limits/share.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { isVendorsPlace } from '../brand/is-theirs.ts';
import type { Vendor } from '../brand/vendor.ts';
import { networksOf } from './networks.ts';
import type { RegistrationSource } from './registration-source.ts';

const HOUR: Seconds = 3_600;
const DAY: Seconds = 86_400;
const HALF_DAY: Seconds = DAY / 2;

/**
 * Counts a registration against every limit before it is stored. Registrations that the policy refuses are not counted here:
 * they store nothing, and the author of an agent may need a few attempts.
 */
export const reserveRequest = (
  limiter: RateLimiter,
  realm: Realm,
  source: RegistrationSource,
  redirectFingerprints: readonly string[],
  vendors: readonly Vendor[],
): Promise<AllConsumed<RegistrationLimit>> =>
  consumeAll(limiter, usesOf(realm, source, redirectFingerprints, vendors));

/**
 * The limits that a registration counts against, as a pure list. Each organization has a share of the shared limits, so that
 * none can use up a whole limit.
 */
function usesOf(
  of: Realm,
  source: RegistrationSource,
  redirectFingerprints: readonly string[],
  vendors: readonly Vendor[],
): readonly Use<RegistrationLimit>[] {
  const { limits } = of.settings.registration;
  const use = <Name extends RegistrationLimit>(name: Name, key: string, limit: Limit): Use<Name> => ({
    name,
    key: `registration:${of.id}:${key}`,
    limit,
  });
  const realm = use('realm', 'realm', perDay(limits.perRealmPerDay));
  const range = egressRangeOf(of, source);
  if (range !== undefined) {
    return [
      use('egress-range', `egress:${range.name}`, perHour(range.perHour)),
      use('egress-range', `egress-day:${range.name}`, perDay(dayOfRange(range, limits))),
      realm,
    ];
  }
  const shared = <Name extends RegistrationLimit>(whole: Use<Name>, percent: number) =>
    withShare(whole, {
      name: 'organization',
      network: `organization:${source.organization}`,
      uses: partOf(whole.limit.uses, percent),
    });
  const { organizationPercentOfHour, organizationPercentOfDay } = limits;
  return [
    ...networksOf(source, limits).map(({ name, key, times }) =>
      use(name, key, perHour(limits.perAddressPerHour * times)),
    ),
    ...shared(realm, organizationPercentOfDay),
    // The sender chooses the following keys, so they are counted last.
    ...(source.origin === undefined || isVendorsPage(source.origin, vendors)
      ? []
      : shared(
          use('origin', `origin:${source.origin}`, perHour(limits.perOriginPerHour)),
          organizationPercentOfHour,
        )),
    ...redirectFingerprints.flatMap((fingerprint) =>
      shared(
        use('redirect-uris', `redirect-uris:${fingerprint}`, perHour(limits.perRedirectUrisPerHour)),
        organizationPercentOfHour,
      ),
    ),
  ];
}

/** How often one client can update its registration per hour. */
const UPDATES_OF_CLIENT = 60;
/**
 * How often all clients at one address can do so per hour. The networks around it have the same multiples as for
 * registrations.
 */
const UPDATES_OF_ADDRESS = 60;

/**
 * Counts an update of a registration, whatever its result. A successful update is recorded with its metadata, so it counts
 * against the limits of its network and against the realm's, of which an organization has a share.
 */
export const reserveUpdate = (
  limiter: RateLimiter,
  realm: Realm,
  source: RegistrationSource,
  clientId: string,
): Promise<AllConsumed<RegistrationLimit | 'client'>> =>
  consumeAll(limiter, updateUsesOf(realm, source, clientId));

function updateUsesOf(
  of: Realm,
  source: RegistrationSource,
  clientId: string,
): readonly Use<RegistrationLimit | 'client'>[] {
  const { limits } = of.settings.registration;
  const key = (name: string): string => `update:${of.id}:${name}`;
  const client = {
    name: 'client',
    key: key(`client:${clientId}`),
    limit: perHour(UPDATES_OF_CLIENT),
  } as const;
  const { updatesPerRealmPerDay: uses } = limits;
  const realm = { name: 'realm', key: key('realm'), limit: perDay(uses) } as const;
  const range = egressRangeOf(of, source);
  if (range !== undefined) {
    const network = `egress:${range.name}`;
    const share = { name: 'egress-range', network, uses: partOf(uses, RANGE_PERCENT_OF_DAY) } as const;
    return [client, ...withShare(realm, share)];
  }
  const share = {
    name: 'organization',
    network: `organization:${source.organization}`,
    uses: partOf(uses, limits.organizationPercentOfDay),
  } as const;
  return [
    client,
    ...networksOf(source, limits).map(({ name, key: network, times }) => ({
      name,
      key: key(network),
      limit: perHour(UPDATES_OF_ADDRESS * times),
    })),
    ...withShare(realm, share),
  ];
}

/** Whether the page that sent a request is a vendor's. */
function isVendorsPage(origin: string, vendors: readonly Vendor[]): boolean {
  const parsed = parseRedirectUri(origin);
  return parsed.ok && isVendorsPlace(parsed.uri, vendors);
}

/** The default share of an operator's range in the daily limit of the realm, in percent. */
const RANGE_PERCENT_OF_DAY = 50;

const dayOfRange = ({ perDay: uses }: EgressRange, { perRealmPerDay }: RegistrationLimits): number =>
  uses ?? partOf(perRealmPerDay, RANGE_PERCENT_OF_DAY);

/** The operator's range that a request belongs to, if any. */
export const egressRangeOf = (realm: Realm, source: RegistrationSource): EgressRange | undefined =>
  realm.settings.registration.limits.egressRanges.find(({ ranges }) => ranges.some(source.isWithin));

/** The default number of attempts per hour of an operator's range. */
const ATTEMPTS_OF_RANGE = 100_000;

/**
 * Whether an address, a network around it or an operator's range has made too many requests in this hour, whatever their
 * results, and whether to record that.
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

/** The limits that a request to register counts against, whatever its result. */
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
 * Whether the exhausted daily limit of the realm is still unrecorded. This uses a key for each day,
 * `registration:main:day-full:41201`, which can be used once. The number is the end of the day as the limiter counts it, in
 * half-days since 1970-01-01 UTC, rounded, so that all requests of one day result in the same number and those of the next
 * day in another.
 *
 * @param retryAfter when the day ends, as the limiter returns it
 */
export async function isDayNews(
  limiter: RateLimiter,
  realm: Realm,
  now: Instant,
  retryAfter: Seconds,
): Promise<boolean> {
  // Consecutive days are at least 24 hours apart, and the end of one is known to a second.
  const day = Math.round(after(now, retryAfter) / (HALF_DAY * 1_000));
  const news = await limiter.consume(`registration:${realm.id}:day-full:${day}`, perDay(1));
  return news.allowed;
}

const perDay = (uses: number): Limit => ({ uses, seconds: DAY });

const perHour = (uses: number): Limit => ({ uses, seconds: HOUR });

/** Whether the realm has reached its limit of active clients. Unused clients expire within the hour. */
export async function isFull(clients: Pick<ClientStore, 'countAwake'>, realm: Realm): Promise<boolean> {
  const { awakeClients } = realm.settings.registration.limits;
  return (await clients.countAwake(realm.id, awakeClients)) >= awakeClients;
}
