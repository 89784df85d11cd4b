import type { AuditEvent } from '../audit/event.ts';
import type { AuditTrail } from '../ports/audit-log.ts';
import type { Sweeper } from '../ports/sweeper.ts';
import { pageOf } from './memory-page.ts';

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
  let count = 0;
  let entries: Entry[] = [];
  return {
    get events() {
      return entries.map(({ event }) => event);
    },
    record: async (event) => {
      count += 1;
      entries.push({ number: count, event: structuredClone(event) });
    },
    list: async (realm, page) => {
      const ofRealm = entries.filter(({ event }) => event.realm === realm);
      const newestFirst = ofRealm.toSorted((a, b) => b.event.at - a.event.at || b.number - a.number);
      const { items, ...rest } = pageOf(newestFirst, keyOf, isOlder, page);
      return { items: items.map(({ event }) => event), ...rest };
    },
    sweep: async (now, limit) => {
      const isOld = ({ event }: Entry): boolean => event.at <= now - auditDays * DAY;
      const old = new Set(entries.filter(isOld).slice(0, limit));
      entries = entries.filter((entry) => !old.has(entry));
      return old.size;
    },
  };
}

const keyOf = ({ event, number }: Entry): string => `${event.at}.${number}`;

function isOlder(key: string, cursor: string): boolean {
  const [at = 0, number = 0] = key.split('.').map(Number);
  const [cursorAt = 0, cursorNumber = 0] = cursor.split('.').map(Number);
  return at < cursorAt || (at === cursorAt && number < cursorNumber);
}
