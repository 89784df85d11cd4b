import type { AuditLog } from '../ports/audit-log.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import { after, type Instant } from '../time.ts';
import type { AuditEvent } from './event.ts';
import { type Omission, omissions } from './omissions.ts';

/**
 * What strangers cause by asking alone, as often as they like: nothing was had, and nothing changed. An attack is read from
 * the telling ones. The cheap ones tell that a request was worthless.
 */
const FREE: ReadonlyMap<AuditEvent['type'], 'telling' | 'cheap'> = new Map<
  AuditEvent['type'],
  'telling' | 'cheap'
>([
  ['registration.coalesced', 'cheap'],
  ['registration.refused', 'cheap'],
  ['registration.unauthorized', 'telling'],
  ['registration.limited', 'cheap'],
  ['client.update-refused', 'cheap'],
  ['management.unauthorized', 'telling'],
  ['transaction.refused', 'telling'],
  ['authorization.refused', 'cheap'],
  ['authorization.limited', 'cheap'],
  ['sign-in.failed', 'telling'],
  ['sign-in.limited', 'telling'],
  ['answer.too-soon', 'telling'],
  ['token.refused', 'cheap'],
]);

export interface AuditBounds {
  /** What of an address counts as one, such as the /64 of an IPv6 address. */
  readonly addressKey: (ip: string) => string;
  /**
   * What of an address counts as one organization, such as the /48 of an IPv6 address, which has 65,536 networks of a /64.
   *
   * @default organizations are not counted
   */
  readonly organizationKey?: (ip: string) => string;
  /** How many times the number of an address is kept of an organization. @default 16 */
  readonly organizationTimes?: number;
  /** How many telling events of one type, such as wrong passwords, are kept of one address in an hour. @default 1000 */
  readonly perAddressPerHour?: number;
  /** How many cheap events of one type, such as refused registrations, are kept of one address in an hour. @default 250 */
  readonly cheapPerAddressPerHour?: number;
  /** How many refreshes of one grant are kept in a day, and how many repeated ones besides. @default 24 */
  readonly refreshesPerGrantPerDay?: number;
  /**
   * Counts refreshes that use a token for the first time. A shared limiter keeps their daily budget across processes and
   * restarts, and each of them writes to the database anyway.
   *
   * @default the limiter of all other events
   */
  readonly refreshLimiter?: RateLimiter;
  /** Is given each event that is left out, for a log of the process that is not to miss it. @default nothing */
  readonly onOmitted?: (event: AuditEvent) => void;
}

export interface BoundedAuditLog extends AuditLog {
  /**
   * Records how many events of each realm were left out since the last time, by type, if the first of them was left out an
   * hour ago or more: at most one `audit.omitted` of each realm in an hour. To be called every minute or so.
   */
  recordOmittedHourly(now: Instant): Promise<void>;
  /** Records all that was left out since the last time. To be called before the process ends. */
  recordOmitted(now: Instant): Promise<void>;
}

/**
 * An audit log that strangers cannot fill and cannot blind. Each type of event that costs nothing has a budget of its own for
 * each address, so that worthless requests never use up what is there for wrong passwords; refusals of tokens have one for
 * each error code. What is left out is announced by `audit.limited` and counted by `audit.omitted`. Refreshes have a
 * budget for each grant, because a client refreshes as often as it likes, and repeated ones have another, so that repeating a
 * token uses up nothing of what is there for refreshes; those left out are counted as well. Everything else is kept, whoever
 * does it and however often.
 *
 * @param limiter counts the events. One of this log's own that counts in the process, within a bound, keeps a flood of
 * worthless requests from writing to the database; then each process has budgets of its own.
 */
export function boundedAuditLog(
  audit: AuditLog,
  limiter: RateLimiter,
  {
    addressKey,
    organizationKey,
    organizationTimes = 16,
    perAddressPerHour = 1_000,
    cheapPerAddressPerHour = 250,
    refreshesPerGrantPerDay = 24,
    refreshLimiter = limiter,
    onOmitted,
  }: AuditBounds,
): BoundedAuditLog {
  const left = omissions();
  const omit = (event: AuditEvent): void => {
    left.add(event);
    onOmitted?.(event);
  };
  /** Counts an event in each of its budgets, up to the first that has no room. */
  async function firstFull(budgets: readonly (readonly [string, Limit])[]): Promise<string | undefined> {
    for (const [key, limit] of budgets) {
      if (!(await limiter.consume(key, limit)).allowed) return key;
    }
    return undefined;
  }
  async function recordAll(taken: readonly Omission[], now: Instant): Promise<void> {
    for (const [index, { realm, since, omitted }] of taken.entries()) {
      try {
        const counts = Object.fromEntries(omitted);
        await audit.record({ type: 'audit.omitted', realm, at: now, since, omitted: counts });
      } catch (error) {
        for (const unrecorded of taken.slice(index)) left.putBack(unrecorded);
        throw error;
      }
    }
  }
  return {
    ...(audit.observe !== undefined && { observe: async (event) => audit.observe?.(event) }),
    async record(event) {
      const { type, realm, at, ip } = event;
      if (type === 'token.issued' && event.grantType === 'refresh_token') {
        const limit = { uses: refreshesPerGrantPerDay, seconds: 86_400 };
        const room =
          event.repeated === true
            ? await limiter.consume(`audit:${realm}:repeated-refresh:${event.grantId}`, limit)
            : await refreshLimiter.consume(`audit:${realm}:refresh:${event.grantId}`, limit);
        return room.allowed ? audit.record(event) : omit(event);
      }
      const value = FREE.get(type);
      if (ip === undefined || value === undefined) return audit.record(event);
      const budget = `audit:${realm}:${budgetOf(event)}`;
      const uses = value === 'telling' ? perAddressPerHour : cheapPerAddressPerHour;
      const full = await firstFull([
        [`${budget}:${addressKey(ip)}`, perHour(uses)],
        ...(organizationKey === undefined
          ? []
          : [[`${budget}:organization:${organizationKey(ip)}`, perHour(uses * organizationTimes)] as const]),
      ]);
      if (full === undefined) return audit.record(event);
      omit(event);
      const news = await limiter.consume(`${full}:taken-down`, perHour(1));
      if (news.allowed) await audit.record({ type: 'audit.limited', realm, at, ip, eventType: type });
    },
    recordOmittedHourly: async (now) => recordAll(left.take(after(now, -HOUR)), now),
    recordOmitted: async (now) => recordAll(left.take(Infinity), now),
  };
}

/**
 * Which budget an event counts in. Refused tokens have one for each error code, and others for those that point to something
 * stolen, so that nonsense hides none of them. Nothing that a request brings is part of it: a text of a stranger's choice
 * would be a new budget each time.
 */
function budgetOf(event: AuditEvent): string {
  if (event.type !== 'token.refused') return event.type;
  const error = TOKEN_ERRORS.has(event.error) ? event.error : 'other';
  return `${event.type}:${error}${event.misused === true ? ':misused' : ''}`;
}

/** The errors of the token endpoint that have a budget each; all others have one together. */
const TOKEN_ERRORS: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_dpop_proof',
  'use_dpop_nonce',
  'too_many_requests',
]);

const HOUR = 3_600;
const perHour = (uses: number): Limit => ({ uses, seconds: HOUR });
