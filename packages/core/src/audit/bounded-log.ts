import { checkOptions } from '../options/check-options.ts';
import type { OptionTable } from '../options/option-table.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import { createProcessCounts } from '../limits/process-counts.ts';
import type { Limit } from '../ports/rate-limiter.ts';
import { after, type Instant } from '../time.ts';
import type { AuditEvent } from './event.ts';
import { createEventQueue } from './event-queue.ts';
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
  ['registration.verified', 'cheap'],
  ['registration.unverified', 'cheap'],
  ['document.refused', 'cheap'],
  ['document.unavailable', 'cheap'],
  ['document.limited', 'cheap'],
  ['client.update-refused', 'cheap'],
  ['management.unauthorized', 'telling'],
  ['transaction.refused', 'telling'],
  ['authorization.refused', 'cheap'],
  ['authorization.limited', 'cheap'],
  ['sign-in.failed', 'telling'],
  ['sign-in.limited', 'telling'],
  ['answer.too-soon', 'telling'],
  ['token.refused', 'cheap'],
  ['jwks.unavailable', 'cheap'],
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
   * Records cheap events together, behind the response: worthless requests cost no write each. What the process has not
   * recorded when it is killed is lost, usually a few milliseconds of them.
   *
   * @default each is recorded by itself, before the response
   */
  readonly append?: (events: readonly AuditEvent[]) => Promise<void>;
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
  append: 'function?',
  onOmitted: 'function?',
};

/** An audit log that omits events beyond its limits, and records how many. */
export interface BoundedAuditLog extends AuditLog {
  /**
   * Records how many events of each realm were omitted since the last call, by type, if the first of them was omitted an
   * hour ago or more: at most one `audit.omitted` per realm and hour. Call it about every minute.
   */
  recordOmittedHourly(now: Instant): Promise<void>;
  /** Records all events that wait, and all omissions since the last call. Call it before the process ends. */
  recordOmitted(now: Instant): Promise<void>;
}

/**
 * An audit log of limited size. Each type of event that costs an attacker nothing has its own budget per address, so
 * worthless requests never use up the budget of wrong passwords; refused tokens have one budget for each error code.
 * `audit.limited` announces omissions, and `audit.omitted` counts them. Refreshes have a budget per grant, because a client
 * can refresh at any rate, and repeated refreshes have another one, so that repetitions do not use up the first; omitted
 * ones are counted as well. All other events are always recorded.
 *
 * Events are counted in the memory of this process, so a flood of worthless requests causes no writes, and each process has
 * its own budgets.
 *
 * @throws TypeError that names each of the bounds that is unknown, missing or has the wrong type
 */
export function boundedAuditLog(audit: AuditLog, bounds: AuditBounds): BoundedAuditLog {
  checkOptions('boundedAuditLog', bounds, OPTIONS);
  const { onOmitted, append } = bounds;
  const budgetsOf = budgets(bounds);
  const counts = createProcessCounts();
  const left = omissions();
  const queue =
    append &&
    createEventQueue({
      append,
      onLost: (events) => {
        for (const event of events) left.add(event);
      },
    });
  const omit = (event: AuditEvent): void => {
    left.add(event);
    onOmitted?.(event);
  };
  /** Counts an event in each of its budgets, up to the first exhausted one. */
  function count(event: AuditEvent): { readonly counted: readonly string[]; readonly full?: string } {
    const counted: string[] = [];
    for (const [key, limit] of budgetsOf(event)) {
      counted.push(key);
      if (!counts.use(key, limit, event.at).allowed) return { counted, full: key };
    }
    return { counted };
  }
  const isNews = (full: string, at: Instant): boolean =>
    counts.use(`${full}:taken-down`, perHour(1), at).allowed;

  async function recordAll(taken: readonly Omission[], now: Instant): Promise<void> {
    for (const [index, { realm, since, omitted }] of taken.entries()) {
      try {
        const byType = Object.fromEntries(omitted);
        await audit.record({ type: 'audit.omitted', realm, at: now, since, omitted: byType });
      } catch (error) {
        for (const unrecorded of taken.slice(index)) left.putBack(unrecorded);
        throw error;
      }
    }
  }
  return {
    ...(audit.observe !== undefined && { observe: async (event) => audit.observe?.(event) }),
    admit(event) {
      const { counted, full } = count(event);
      const isAdmitted = full === undefined;
      return {
        isAdmitted,
        settle(isCommitted) {
          if (!isCommitted) for (const key of counted) counts.takeBack(key, event.at);
          else if (!isAdmitted) omit(event);
        },
      };
    },
    async record(event) {
      const { type, realm, at, ip } = event;
      const { full } = count(event);
      if (full === undefined) {
        return queue !== undefined && FREE.get(type) === 'cheap' ? queue.add(event) : audit.record(event);
      }
      omit(event);
      if (ip !== undefined && FREE.has(type) && isNews(full, at)) {
        await audit.record({ type: 'audit.limited', realm, at, ip, eventType: type });
      }
    },
    recordOmittedHourly: async (now) => recordAll(left.take(after(now, -HOUR)), now),
    async recordOmitted(now) {
      await queue?.settled();
      await recordAll(left.take(Infinity), now);
    },
  };
}

/** Which budgets an event counts in, each with its key. */
function budgets({
  addressKey,
  organizationKey,
  organizationTimes = 16,
  perAddressPerHour = 1_000,
  cheapPerAddressPerHour = 250,
  refreshesPerGrantPerDay = 24,
}: AuditBounds): (event: AuditEvent) => readonly (readonly [string, Limit])[] {
  return (event) => {
    const { type, realm, ip } = event;
    if (type === 'token.issued' && event.grantType === 'refresh_token') {
      const kind = event.repeated === true ? 'repeated-refresh' : 'refresh';
      const limit = { uses: refreshesPerGrantPerDay, seconds: 86_400 };
      return [[`audit:${realm}:${kind}:${event.grantId}`, limit]];
    }
    const value = FREE.get(type);
    if (ip === undefined || value === undefined) return [];
    const budget = `audit:${realm}:${budgetOf(event)}`;
    const uses = value === 'telling' ? perAddressPerHour : cheapPerAddressPerHour;
    const ofAddress = [`${budget}:${addressKey(ip)}`, perHour(uses)] as const;
    if (organizationKey === undefined) return [ofAddress];
    return [ofAddress, [`${budget}:organization:${organizationKey(ip)}`, perHour(uses * organizationTimes)]];
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
