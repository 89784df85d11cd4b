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
   * Asks whether to record an event that is committed together with its change. A log of limited size counts the event, so ask
   * once for each commit, and report the outcome of the commit.
   *
   * @default every event is recorded
   */
  admit?(event: AuditEvent): Admission;
}

/** Whether an event is recorded with its change. */
export interface Admission {
  readonly isAdmitted: boolean;
  /** Reports whether the change was made. If not, its event is not counted, neither as recorded nor as omitted. */
  settle(isCommitted: boolean): void;
}

/** An audit log that can be read. */
export interface AuditTrail extends AuditLog {
  /** The events of a realm, newest first; events of the same time in a stable order. */
  list(realm: string, page: PageRequest): Promise<Page<AuditEvent>>;
}
