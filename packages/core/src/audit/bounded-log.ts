import { checkOptions } from '../options/check-options.ts';
import type { OptionTable } from '../options/option-table.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import { after, type Instant } from '../time.ts';
import type { AuditEvent } from './event.ts';
import { type Omission, omissions } from './omissions.ts';

/**
 * Events that anyone can cause by sending requests, without any change or access as the result. `telling` events help to
 * recognize an attack. `cheap` ones only say that a request was worthless.
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

/** How many events are recorded of one address. */
export interface AuditBounds {
  /** The part of an address that is counted as one, such as the /64 of an IPv6 address. */
  readonly addressKey: (ip: string) => string;
  /**
   * The part of an address that is counted as one organization, such as the /48 of an IPv6 address, which has 65,536
   * networks of a /64.
   *
   * @default organizations are not counted
   */
  readonly organizationKey?: (ip: string) => string;
  /** The limit of an organization, as a multiple of the limit of an address. @default 16 */
  readonly organizationTimes?: number;
  /** How many telling events of one type, such as wrong passwords, are recorded for one address in an hour. @default 1000 */
  readonly perAddressPerHour?: number;
  /**
   * How many cheap events of one type, such as refused registrations, are recorded for one address in an hour. @default 250
   */
  readonly cheapPerAddressPerHour?: number;
  /** How many refreshes of one grant are recorded in a day, and how many repeated ones in addition. @default 24 */
  readonly refreshesPerGrantPerDay?: number;
  /**
   * Counts refreshes that use a token for the first time. A shared limiter keeps their daily budget across processes and
   * restarts; each of them writes to the database anyway.
   *
   * @default the limiter of all other events
   */
  readonly refreshLimiter?: RateLimiter;
  /** Called with each omitted event, for a process log that needs all of them. @default nothing */
  readonly onOmitted?: (event: AuditEvent) => void;
}

const OPTIONS: OptionTable<AuditBounds> = {
  addressKey: 'function',
  organizationKey: 'function?',
  organizationTimes: 'whole number?',
  perAddressPerHour: 'whole number?',
  cheapPerAddressPerHour: 'whole number?',
  refreshesPerGrantPerDay: 'whole number?',
  refreshLimiter: 'consume()?',
  onOmitted: 'function?',
};

/** An audit log that omits events beyond its limits, and records how many. */
export interface BoundedAuditLog extends AuditLog {
  /**
   * Records how many events of each realm were omitted since the last call, by type, if the first of them was omitted an
   * hour ago or more: at most one `audit.omitted` per realm and hour. Call it about every minute.
   */
  recordOmittedHourly(now: Instant): Promise<void>;
  /** Records all omissions since the last call. Call it before the process ends. */
  recordOmitted(now: Instant): Promise<void>;
}

/**
 * An audit log of limited size. Each type of event that costs an attacker nothing has its own budget per address, so
 * worthless requests never use up the budget of wrong passwords; refused tokens have one budget for each error code.
 * `audit.limited` announces omissions, and `audit.omitted` counts them. Refreshes have a budget per grant, because a client
 * can refresh at any rate, and repeated refreshes have another one, so that repetitions do not use up the first; omitted
 * ones are counted as well. All other events are always recorded.
 *
 * @param limiter counts the events. If it counts in the memory of the process, with a limit on its keys, a flood of
 * worthless requests causes no writes to the database; then each process has its own budgets.
 * @throws TypeError that names each of the bounds that is unknown, missing or has the wrong type
 */
export function boundedAuditLog(audit: AuditLog, limiter: RateLimiter, bounds: AuditBounds): BoundedAuditLog {
  checkOptions('boundedAuditLog', bounds, OPTIONS);
  const { addressKey, organizationKey, organizationTimes = 16 } = bounds;
  const { perAddressPerHour = 1_000, cheapPerAddressPerHour = 250, refreshesPerGrantPerDay = 24 } = bounds;
  const { refreshLimiter = limiter, onOmitted } = bounds;
  const left = omissions();
  const omit = (event: AuditEvent): void => {
    left.add(event);
    onOmitted?.(event);
  };
  /** Counts an event in each of its budgets, up to the first exhausted one. */
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
 * The budget of an event. Refused tokens have one for each error code, and separate ones if they point to something stolen,
 * so that worthless requests hide none of them. Nothing from the request is part of the name, because each new text would be
 * a new budget.
 */
function budgetOf(event: AuditEvent): string {
  if (event.type !== 'token.refused') return event.type;
  const error = TOKEN_ERRORS.has(event.error) ? event.error : 'other';
  return `${event.type}:${error}${event.misused === true ? ':misused' : ''}`;
}

/** The error codes of the token endpoint that have their own budget; all others share one. */
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
