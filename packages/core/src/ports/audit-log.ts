import type { AuditEvent } from '../audit/event.ts';
import type { Page, PageRequest } from './page.ts';

/** Takes down what happened. An event is kept before the answer that it tells of goes out. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
}

/** An audit log that can be read. */
export interface AuditTrail extends AuditLog {
  /** A realm's events, newest first; those of one moment in an order that stays. */
  list(realm: string, page: PageRequest): Promise<Page<AuditEvent>>;
}
