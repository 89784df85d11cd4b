import type { AuditLog } from '../ports/audit-log.ts';
import type { AuditEvent } from './event.ts';

/** A change to what a store keeps, and the events that tell of it. */
export interface RecordedChange<Outcome> {
  readonly events: readonly AuditEvent[];
  /** Makes the change. The store writes the events that it is given in the same transaction, if the change is made. */
  readonly change: (events: readonly AuditEvent[]) => Promise<Outcome>;
  /** Whether the change was made, so that its events are true. */
  readonly isMade: (outcome: Outcome) => boolean;
}

/**
 * Makes a change and records it: both or neither if the log is kept in the same database, and first the change, then its
 * events, if the log is kept elsewhere.
 */
export async function recordChange<Outcome>(
  audit: AuditLog,
  { events, change, isMade }: RecordedChange<Outcome>,
): Promise<Outcome> {
  const outcome = await change(audit.observe === undefined ? [] : events);
  if (!isMade(outcome)) return outcome;
  for (const event of events) {
    await (audit.observe === undefined ? audit.record(event) : audit.observe(event));
  }
  return outcome;
}
