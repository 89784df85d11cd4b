import type { AuditLog } from '../ports/audit-log.ts';
import type { AuditEvent } from './event.ts';

/** A change in a store, and the events about it. */
export interface RecordedChange<Outcome> {
  readonly events: readonly AuditEvent[];
  /** Makes the change. If it is made, the store writes the given events in the same transaction. */
  readonly change: (events: readonly AuditEvent[]) => Promise<Outcome>;
  /** Whether the change was made, so that its events are true. */
  readonly isMade: (outcome: Outcome) => boolean;
}

/**
 * Makes a change and records it: in one transaction if the log is in the same database; otherwise first the change, then its
 * events.
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
