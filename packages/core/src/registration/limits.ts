import type { RegistrationLimit } from '../audit/registration-event.ts';
import type { Counted, ProcessCounts } from '../limits/process-counts.ts';
import type { Limit } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { EgressRange } from '../realm/registration-settings.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { partOf, withShare } from '../limits/share.ts';
import type { Use } from '../limits/use.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { isVendorsPlace } from '../brand/is-theirs.ts';
import type { Vendor } from '../brand/vendor.ts';
import { networksOf } from './networks.ts';
import type { RegistrationSource } from './registration-source.ts';

const HOUR: Seconds = 3_600;
const DAY: Seconds = 86_400;
const HALF_DAY: Seconds = DAY / 2;

/**
 * The limits that a registration uses when it is stored. Registrations that the policy refuses use none: they store nothing,
 * and the author of an agent may need a few attempts. Each organization has a share of the shared limits, so that none can
 * use up a whole limit.
 */
export function registrationUses(
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
      use('egress-range', `egress-day:${range.name}`, perDay(dayOfRange(range, limits.perRealmPerDay))),
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
  const uses: Use<RegistrationLimit>[] = [];
  for (const { name, key, times } of networksOf(source, limits)) {
    uses.push({ ...use(name, key, perHour(limits.perAddressPerHour * times)), partOf: realm.key });
  }
  uses.push(...shared(realm, organizationPercentOfDay));
  // The sender chooses the following keys, so they are counted last.
  if (source.origin !== undefined && !isVendorsPage(source.origin, vendors)) {
    const page = use('origin', `origin:${source.origin}`, perHour(limits.perOriginPerHour));
    uses.push(...shared(page, organizationPercentOfHour));
  }
  for (const fingerprint of redirectFingerprints) {
    const limit = perHour(limits.perRedirectUrisPerHour);
    const place = use('redirect-uris', `redirect-uris:${fingerprint}`, limit);
    uses.push(...shared(place, organizationPercentOfHour));
  }
  return uses;
}

/** How often one client can update its registration per hour. */
const UPDATES_OF_CLIENT = 60;
/**
 * How often all clients at one address can do so per hour. The networks around it have the same multiples as for
 * registrations.
 */
const UPDATES_OF_ADDRESS = 60;

/** Counts a request to update a registration in this process, whatever its result, by its client and its networks. */
export function attemptUpdate(
  counts: ProcessCounts,
  realm: Realm,
  source: RegistrationSource,
  clientId: string,
  now: Instant,
): Counted {
  const { limits } = realm.settings.registration;
  const networks = egressRangeOf(realm, source) === undefined ? networksOf(source, limits) : [];
  const keys = [
    { key: `client:${clientId}`, uses: UPDATES_OF_CLIENT },
    ...networks.map(({ key, times }) => ({ key, uses: UPDATES_OF_ADDRESS * times })),
  ];
  for (const { key, uses } of keys) {
    const counted = counts.use(`update:${realm.id}:${key}`, perHour(uses), now);
    if (!counted.allowed) return counted;
  }
  return { allowed: true };
}

/**
 * The limits that an update uses when it is stored: it is recorded with its metadata. An organization has a share of the
 * realm's daily limit.
 */
export function updateUses(of: Realm, source: RegistrationSource): readonly Use<RegistrationLimit>[] {
  const { limits } = of.settings.registration;
  const { updatesPerRealmPerDay: uses } = limits;
  const realm = { name: 'realm', key: `update:${of.id}:realm`, limit: perDay(uses) } as const;
  const range = egressRangeOf(of, source);
  return range === undefined
    ? withShare(realm, {
        name: 'organization',
        network: `organization:${source.organization}`,
        uses: partOf(uses, limits.organizationPercentOfDay),
      })
    : withShare(realm, {
        name: 'egress-range',
        network: `egress:${range.name}`,
        uses: partOf(uses, RANGE_PERCENT_OF_DAY),
      });
}

/** Whether the page that sent a request is a vendor's. */
function isVendorsPage(origin: string, vendors: readonly Vendor[]): boolean {
  const parsed = parseRedirectUri(origin);
  return parsed.ok && isVendorsPlace(parsed.uri, vendors);
}

/** The default share of an operator's range in the daily limit of the realm, in percent. */
const RANGE_PERCENT_OF_DAY = 50;

/** What an operator's range can store in a day, by default a share of what the realm does. */
export const dayOfRange = ({ perDay: uses }: EgressRange, perRealmPerDay: number): number =>
  uses ?? partOf(perRealmPerDay, RANGE_PERCENT_OF_DAY);

/** The operator's range that a request belongs to, if any. */
export const egressRangeOf = (realm: Realm, source: RegistrationSource): EgressRange | undefined =>
  realm.settings.registration.limits.egressRanges.find(({ ranges }) => ranges.some(source.isWithin));

/** The default number of attempts per hour of an operator's range. */
const ATTEMPTS_OF_RANGE = 100_000;

/**
 * Counts a request to register in this process, whatever its result, against the limit of its address and of each network
 * around it, or of its operator's range. Nothing is written for a request that is only refused.
 */
export function attempt(
  counts: ProcessCounts,
  realm: Realm,
  source: RegistrationSource,
  now: Instant,
): Counted {
  for (const [key, limit] of attemptsOf(realm, source)) {
    const counted = counts.use(key, limit, now);
    if (!counted.allowed) return counted;
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
 * Whether this process has not recorded yet that the daily limit of the realm is exhausted. The key names the day,
 * `registration:main:day-full:41201`, and can be used once. The number is the end of the day as the limit counts it, in
 * half-days since 1970-01-01 UTC, rounded, so that all requests of one day result in the same number and those of the next
 * day in another.
 *
 * @param retryAfter when the day ends
 */
export function isDayNews(counts: ProcessCounts, realm: Realm, now: Instant, retryAfter: Seconds): boolean {
  // Consecutive days are at least 24 hours apart, and the end of one is known to a second.
  const day = Math.round(after(now, retryAfter) / (HALF_DAY * 1_000));
  return counts.use(`registration:${realm.id}:day-full:${day}`, perDay(1), now).allowed;
}

const perDay = (uses: number): Limit => ({ uses, seconds: DAY });

const perHour = (uses: number): Limit => ({ uses, seconds: HOUR });
