import type { AuditLog, Clock } from '@vestibule/core';
import type { AuditEvent, AuditFacts } from '@vestibule/core/audit';
import type { RequestInfo } from '@vestibule/http';

/** What events are recorded with. */
export interface AuditContext {
  readonly realm: string;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/** An event of this realm and time, caused by a request. */
export const eventOf = <Facts extends AuditFacts>(
  context: AuditContext,
  { ip }: RequestInfo,
  event: Facts,
): Facts & Pick<AuditEvent, 'realm' | 'at' | 'ip'> => ({
  ...event,
  realm: context.realm,
  at: context.clock(),
  ip,
});

/** Records an event with realm, time and address. */
export const record = (context: AuditContext, info: RequestInfo, event: AuditFacts): Promise<void> =>
  context.audit.record(eventOf(context, info, event));
