import type { AuditTrail, RateLimiter } from '@vestibule/core';
import {
  type AuditEvent,
  boundedAuditLog,
  type BoundedAuditLog,
  watchedAuditLog,
} from '@vestibule/core/audit';
import { addressKey, sourceOf } from '@vestibule/http';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';

/**
 * Creates the audit log of this process. Events that unauthenticated requests cause are bounded for each address and organization.
 *
 * @param log receives every event, also those that the audit omits: the log of the process is rotated
 */
export function createAuditLog(
  stored: AuditTrail,
  refreshLimiter: RateLimiter,
  log: (event: AuditEvent) => void,
): BoundedAuditLog {
  // In memory: counters in the database would cost as much as the events that they omit.
  const auditLimiter = createMemoryRateLimiter({ maxKeys: 100_000 });
  return boundedAuditLog(watchedAuditLog(stored, log), auditLimiter, {
    addressKey,
    organizationKey: (ip) => sourceOf(ip).organization,
    refreshLimiter,
    onOmitted: log,
  });
}
