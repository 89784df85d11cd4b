import { randomUUID } from 'node:crypto';
import type { AuditTrail, Sweeper } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Synchronous } from '@vestibule/core/memory';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';
import { createTable } from './table.ts';

const KEPT = 90 * 86_400_000;

/** An event with a random key, which also gives events of the same time a stable order. */
interface EventRow {
  readonly key: string;
  readonly event: AuditEvent;
}

/** Audit events. */
export function createAudit(ledger: Ledger): Synchronous<Pick<AuditTrail, 'record' | 'list'> & Sweeper> {
  const events = createTable<EventRow>(ledger, 'events', ({ key }) => [key]);
  return {
    record: (event) => events.set({ key: randomUUID(), event }),
    list: (realm, page) => {
      const ofRealm = events.all().filter(({ event }) => event.realm === realm);
      const { items, ...rest } = pageOf(ofRealm, placeOf, page);
      return { items: items.map(({ event }) => event), ...rest };
    },
    sweep: (now, limit) => events.remove(({ event }) => event.at + KEPT <= now, limit),
  };
}

/** A later time results in a smaller text, so the newest events come first. */
const placeOf = ({ key, event }: EventRow): string =>
  `${String(Number.MAX_SAFE_INTEGER - event.at).padStart(16, '0')}.${key}`;
