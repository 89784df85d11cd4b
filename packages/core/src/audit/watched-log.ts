import type { AuditLog } from '../ports/audit-log.ts';
import type { AuditEvent } from './event.ts';

/** An audit log that passes each recorded event on, to the process log or to counters. */
export function watchedAuditLog(audit: AuditLog, watch: (event: AuditEvent) => void): AuditLog {
  return {
    record: async (event) => {
      await audit.record(event);
      watch(event);
    },
    ...(audit.admit && { admit: audit.admit.bind(audit) }),
    ...(audit.observe !== undefined && {
      observe: async (event) => {
        await audit.observe?.(event);
        watch(event);
      },
    }),
  };
}
