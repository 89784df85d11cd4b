import type { AuditEvent } from '../audit/event.ts';
import type { AuditTrail } from '../ports/audit-log.ts';
import type { Sweeper } from '../ports/sweeper.ts';
import { createJournal, type Journal } from './journal.ts';
import { pageOf } from './memory-page.ts';
import { promised, type Synchronous } from './promised.ts';

/** Stores events in memory in the order of their recording. For tests and examples. */
export interface MemoryAuditLog extends AuditTrail, Sweeper {
  readonly events: readonly AuditEvent[];
}

interface Entry {
  readonly number: number;
  readonly event: AuditEvent;
}

const DAY = 86_400_000;

/** @param auditDays how long events are stored, in days */
export function createMemoryAuditLog({
  auditDays = 90,
}: { readonly auditDays?: number } = {}): MemoryAuditLog {
  const table = createAuditTable(createJournal(), auditDays);
  return {
    ...promised<AuditTrail & Sweeper>({ record: table.record, list: table.list, sweep: table.sweep }),
    get events() {
      return table.events();
    },
  };
}

/** Events in memory. */
export interface AuditTable extends Synchronous<Pick<AuditTrail, 'record' | 'list'> & Sweeper> {
  /** All events, in the order of their recording. */
  events(): readonly AuditEvent[];
}

/** @param auditDays how long events are stored, in days */
export function createAuditTable(journal: Journal, auditDays = 90): AuditTable {
  let count = 0;
  const entries = journal.map<Entry>();
  return {
    events: () => [...entries.values()].map(({ event }) => event),
    record: (event) => {
      count += 1;
      entries.set(String(count), { number: count, event: structuredClone(event) });
    },
    list: (realm, page) => {
      const ofRealm = [...entries.values()].filter(({ event }) => event.realm === realm);
      const newestFirst = ofRealm.toSorted((a, b) => b.event.at - a.event.at || b.number - a.number);
      const { items, ...rest } = pageOf(newestFirst, keyOf, isOlder, page);
      return { items: items.map(({ event }) => event), ...rest };
    },
    sweep: (now, limit) => {
      const old = [...entries].filter(([, { event }]) => event.at <= now - auditDays * DAY).slice(0, limit);
      for (const [number] of old) entries.delete(number);
      return old.length;
    },
  };
}

const keyOf = ({ event, number }: Entry): string => `${event.at}.${number}`;

function isOlder(key: string, cursor: string): boolean {
  const [at = 0, number = 0] = key.split('.').map(Number);
  const [cursorAt = 0, cursorNumber = 0] = cursor.split('.').map(Number);
  return at < cursorAt || (at === cursorAt && number < cursorNumber);
}
