import {
  type AuditEvent,
  type AuditTrail,
  boundedAuditLog,
  type BoundedAuditLog,
  type RateLimiter,
  watchedAuditLog,
} from '@vestibule/core';
import { addressKey, sourceOf } from '@vestibule/http';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';

/**
 * The audit log of this process: what strangers cause in it is bounded for each address and each organization.
 *
 * @param log is given every event, those that are left out as well: the log of the process is rotated, and what reads it can
 * be as quick as a stranger
 */
export function createAuditLog(
  stored: AuditTrail,
  refreshLimiter: RateLimiter,
  log: (event: AuditEvent) => void,
): BoundedAuditLog {
  // Counts of worthless requests in the database would cost as much as the events that they leave out.
  const auditLimiter = createMemoryRateLimiter({ maxKeys: 100_000 });
  return boundedAuditLog(watchedAuditLog(stored, log), auditLimiter, {
    addressKey,
    organizationKey: (ip) => sourceOf(ip).organization,
    refreshLimiter,
    onOmitted: log,
  });
}
