import type { AuditEvent } from '../audit/event.ts';
import type { AuditLog } from '../ports/audit-log.ts';

/** Remembers events in the order they came. For tests and first steps. */
export interface MemoryAuditLog extends AuditLog {
  readonly events: readonly AuditEvent[];
}

export function createMemoryAuditLog(): MemoryAuditLog {
  const events: AuditEvent[] = [];
  return { events, record: async (event) => void events.push(event) };
}
