import type { AuditLog } from '../ports/audit-log.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { AuditEvent } from './event.ts';

/** What strangers bring about by asking alone, as often as they like: nothing was had, and nothing changed. */
const FREE: ReadonlySet<AuditEvent['type']> = new Set<AuditEvent['type']>([
  'registration.coalesced',
  'registration.refused',
  'registration.unauthorized',
  'registration.limited',
  'client.update-refused',
  'management.unauthorized',
  'transaction.refused',
  'authorization.refused',
  'authorization.limited',
  'sign-in.failed',
  'sign-in.limited',
  'answer.too-soon',
  'token.refused',
]);

export interface AuditBounds {
  /** What of an address counts as one, such as the /64 of an IPv6 address. */
  readonly addressKey: (ip: string) => string;
  /** How many events that cost nothing are kept of one address in an hour. @default 1000 */
  readonly perAddressPerHour?: number;
}

/**
 * An audit log that strangers cannot fill. Of what they bring about by asking alone so much is kept of one address in an
 * hour; that there was more is one event, `audit.limited`. Everything else is kept, whoever does it and however often.
 */
export function boundedAuditLog(
  audit: AuditLog,
  limiter: RateLimiter,
  { addressKey, perAddressPerHour = 1_000 }: AuditBounds,
): AuditLog {
  return {
    ...(audit.observe !== undefined && { observe: async (event) => audit.observe?.(event) }),
    async record(event) {
      const { type, realm, at, ip } = event;
      if (ip === undefined || !FREE.has(type)) return audit.record(event);
      const key = `audit:${realm}:${addressKey(ip)}`;
      const room = await limiter.consume(key, perHour(perAddressPerHour));
      if (room.allowed) return audit.record(event);
      const news = await limiter.consume(`${key}:taken-down`, perHour(1));
      if (news.allowed) await audit.record({ type: 'audit.limited', realm, at, ip });
    },
  };
}

const perHour = (uses: number): Limit => ({ uses, seconds: 3_600 });
