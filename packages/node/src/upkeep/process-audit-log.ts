import {
  type AuditEvent,
  boundedAuditLog,
  type BoundedAuditLog,
  watchedAuditLog,
} from '@vestibule/core/audit';
import { addressKey, sourceOf } from '@vestibule/http';
import type { Stores } from '@vestibule/server';

/**
 * Creates the audit log of this process. Events that unauthenticated requests cause are bounded for each address and organization,
 * and worthless ones are recorded together.
 *
 * @param log receives every event, also those that the audit omits: the log of the process is rotated
 */
export const createAuditLog = (
  { audit, commit }: Pick<Stores, 'audit' | 'commit'>,
  log: (event: AuditEvent) => void,
): BoundedAuditLog =>
  boundedAuditLog(watchedAuditLog(audit, log), {
    addressKey,
    organizationKey: (ip) => sourceOf(ip).organization,
    append: async (events) => {
      await commit(events.map((event) => ({ kind: 'event.append', event }) as const));
      for (const event of events) log(event);
    },
    onOmitted: log,
  });
