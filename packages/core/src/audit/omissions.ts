import type { Instant } from '../time.ts';
import type { AuditEvent } from './event.ts';

/** The numbers of omitted events of a realm by type, and the time of the first. */
export interface Omission {
  readonly realm: string;
  readonly since: Instant;
  readonly omitted: ReadonlyMap<AuditEvent['type'], number>;
}

export interface Omissions {
  add(event: AuditEvent): void;
  /** Removes and returns the counts of each realm whose first omitted event happened at `startedBy` or before. */
  take(startedBy: Instant): readonly Omission[];
  /** Adds counts that could not be recorded to those of events that were omitted meanwhile. */
  putBack(omission: Omission): void;
}

/** Counts omitted events: one number for each realm and type. */
export function omissions(): Omissions {
  const realms = new Map<string, Omission>();

  function addTo(realm: string, since: Instant, counts: Omission['omitted']): void {
    const before = realms.get(realm);
    const omitted = new Map(before?.omitted);
    for (const [type, count] of counts) omitted.set(type, (omitted.get(type) ?? 0) + count);
    realms.set(realm, { realm, since: Math.min(since, before?.since ?? since), omitted });
  }

  return {
    add: ({ realm, at, type }) => addTo(realm, at, new Map([[type, 1]])),
    take(startedBy) {
      const taken = [...realms.values()].filter(({ since }) => since <= startedBy);
      for (const { realm } of taken) realms.delete(realm);
      return taken;
    },
    putBack: ({ realm, since, omitted }) => addTo(realm, since, omitted),
  };
}
