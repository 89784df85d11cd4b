import type { AuditEvent } from '@vestibule/core';
import { isoTime } from '../output/time.ts';

/** Whether a member of an event holds an instant: `at`, `until`, `lastUsedAt`, `asleepSince`, `signsFrom`. */
export const isInstantName = (name: string): boolean =>
  /^(?:at|since|until)$|(?:At|Since|From|Until)$/.test(name);

/** An event as JSON: as it is recorded, with instants in ISO 8601. */
export const eventDocument = (event: AuditEvent): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      typeof value === 'number' && isInstantName(name) ? isoTime(value) : value,
    ]),
  );
