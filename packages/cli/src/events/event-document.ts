import type { AuditEvent } from '@vestibule/core/audit';
import { isoTime } from '../output/time.ts';

/** Whether a member of an event holds an instant: `at`, `until`, `lastUsedAt`, `asleepSince`, `signsFrom`, `replaceMadeBefore`. */
export const isInstantName = (name: string): boolean =>
  /^(?:at|since|until)$|(?:At|Since|From|Until|Before)$/.test(name);

/** An event as JSON: as it is recorded, with instants in ISO 8601. */
export const eventDocument = ({
  before,
  after,
  ...event
}: AuditEvent & Acted): Readonly<Record<string, unknown>> => ({
  ...withMoments(event),
  ...(before !== undefined && { before: withMoments(before) }),
  ...(after !== undefined && { after: withMoments(after) }),
});

/** What the event of an act has of the state before and after it. */
interface Acted {
  readonly before?: object;
  readonly after?: object;
}

const withMoments = (members: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(members).map(([path, value]) => [
      path,
      typeof value === 'number' && isInstantName(path.split('.').at(-1) ?? '') ? isoTime(value) : value,
    ]),
  );
