import type { AuditEvent } from '../audit/event.ts';
import type { Page, PageRequest } from './page.ts';

/** Records what happened. An event is kept before the answer that it tells of goes out. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
  /**
   * Present if the log is kept in the same database as clients and grants: their stores then write an event in the
   * transaction of the change that it tells of, and this is called when that is committed. A log that wraps another one,
   * to print or to count events, does here what it does in `record`, apart from keeping the event.
   *
   * @default absent: the log is kept elsewhere, and an event is recorded after its change
   */
  observe?(event: AuditEvent): Promise<void>;
}

/** An audit log that can be read. */
export interface AuditTrail extends AuditLog {
  /** A realm's events, newest first; those of one moment in an order that stays. */
  list(realm: string, page: PageRequest): Promise<Page<AuditEvent>>;
}
