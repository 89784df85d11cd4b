import type { AuditEvent } from '../audit/event.ts';

/** Takes down what happened. An event is kept before the answer that it tells of goes out. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
}
