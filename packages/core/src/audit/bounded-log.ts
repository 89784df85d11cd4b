import type { AuditLog } from '../ports/audit-log.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Instant } from '../time.ts';
import type { AuditEvent } from './event.ts';
import { omissions } from './omissions.ts';

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
  /** How many telling events of one type, such as wrong passwords, are kept of one address in an hour. @default 1000 */
  readonly perAddressPerHour?: number;
  /** How many cheap events of one type, such as refused registrations, are kept of one address in an hour. @default 250 */
  readonly cheapPerAddressPerHour?: number;
  /** How many refreshes of one grant are kept in a day. @default 24 */
  readonly refreshesPerGrantPerDay?: number;
  /** Is given each event that is left out, for a log of the process that is not to miss it. @default nothing */
  readonly onOmitted?: (event: AuditEvent) => void;
}

export interface BoundedAuditLog extends AuditLog {
  /** Records how many events were left out since the last time, by type. To be called now and then, and before the end. */
  recordOmitted(now: Instant): Promise<void>;
}

/**
 * An audit log that strangers cannot fill and cannot blind. Each type of event that costs nothing has a budget of its own for
 * each address, so that worthless requests never use up what is there for wrong passwords; refusals of tokens are told
 * apart by their reason. What is left out is announced by `audit.limited` and counted by `audit.omitted`. Refreshes have a
 * budget for each grant, because a client refreshes as often as it likes; those left out are counted as well. Everything else
 * is kept, whoever does it and however often.
 */
export function boundedAuditLog(
  audit: AuditLog,
  limiter: RateLimiter,
  {
    addressKey,
    perAddressPerHour = 1_000,
    cheapPerAddressPerHour = 250,
    refreshesPerGrantPerDay = 24,
    onOmitted,
  }: AuditBounds,
): BoundedAuditLog {
  const left = omissions();
  const omit = (event: AuditEvent): void => {
    left.add(event);
    onOmitted?.(event);
  };
  return {
    ...(audit.observe !== undefined && { observe: async (event) => audit.observe?.(event) }),
    async record(event) {
      const { type, realm, at, ip } = event;
      if (type === 'token.issued' && event.grantType === 'refresh_token') {
        const limit = { uses: refreshesPerGrantPerDay, seconds: 86_400 };
        const room = await limiter.consume(`audit:${realm}:refresh:${event.grantId}`, limit);
        return room.allowed ? audit.record(event) : omit(event);
      }
      const value = FREE.get(type);
      if (ip === undefined || value === undefined) return audit.record(event);
      const key = `audit:${realm}:${budgetOf(event)}:${addressKey(ip)}`;
      const uses = value === 'telling' ? perAddressPerHour : cheapPerAddressPerHour;
      const room = await limiter.consume(key, perHour(uses));
      if (room.allowed) return audit.record(event);
      omit(event);
      const news = await limiter.consume(`${key}:taken-down`, perHour(1));
      if (news.allowed) await audit.record({ type: 'audit.limited', realm, at, ip, eventType: type });
    },
    async recordOmitted(now) {
      const taken = left.take(Infinity);
      for (const [index, { realm, since, omitted }] of taken.entries()) {
        try {
          const counts = Object.fromEntries(omitted);
          await audit.record({ type: 'audit.omitted', realm, at: now, since, omitted: counts });
        } catch (error) {
          for (const unrecorded of taken.slice(index)) left.putBack(unrecorded);
          throw error;
        }
      }
    },
  };
}

/** The reasons of refused tokens are few and the server's own; a replayed code is another one than nonsense. */
const budgetOf = (event: AuditEvent): string =>
  event.type === 'token.refused' ? `${event.type}:${event.reason}` : event.type;

const perHour = (uses: number): Limit => ({ uses, seconds: 3_600 });
