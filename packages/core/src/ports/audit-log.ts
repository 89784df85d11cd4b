import type { AuditEvent } from '../audit/event.ts';
import type { Page, PageRequest } from './page.ts';

/** Records events. An event is stored before the response to its request is sent. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
  /**
   * Present if the log is in the same database as clients and grants. An event is then committed together with its change, and
   * this is called after the commit. A log that wraps another one, to print or count events, does the same here as in
   * `record`, except for storing the event.
   *
   * @default absent: the log is stored elsewhere, and an event is recorded after its change
   */
  observe?(event: AuditEvent): Promise<void>;
  /**
   * Whether to record an event that is committed together with its change. Called once for each event, because a log of limited
   * size counts them.
   *
   * @default every event is recorded
   */
  admits?(event: AuditEvent): boolean;
}

/** An audit log that can be read. */
export interface AuditTrail extends AuditLog {
  /** The events of a realm, newest first; events of the same time in a stable order. */
  list(realm: string, page: PageRequest): Promise<Page<AuditEvent>>;
}
