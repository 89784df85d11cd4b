import type { Instant } from '../time.ts';
import type { AuditEvent } from './event.ts';

type Counts = Partial<Record<AuditEvent['type'], number>>;

/** How many events of a realm were left out, by type, and when the first of them happened. */
export interface Omission {
  readonly realm: string;
  readonly since: Instant;
  readonly omitted: Readonly<Counts>;
}

/** Counts what is left out: as many numbers as there are realms and types, whoever caused it. */
export function omissions(): { add(event: AuditEvent): void; take(): readonly Omission[] } {
  const realms = new Map<
    string,
    { readonly realm: string; readonly since: Instant; readonly omitted: Counts }
  >();
  return {
    add({ realm, at, type }) {
      const omission = realms.get(realm) ?? { realm, since: at, omitted: {} };
      omission.omitted[type] = (omission.omitted[type] ?? 0) + 1;
      realms.set(realm, omission);
    },
    take() {
      const taken = [...realms.values()];
      realms.clear();
      return taken;
    },
  };
}
