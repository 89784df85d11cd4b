import { after, type AuditTrail, type Instant, type Seconds } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import { eventDocument } from './event-document.ts';
import { causeOf, factsOf } from './event-lines.ts';
import type { CommandContext } from '../context/command-context.ts';

export interface EventsOptions extends RealmOptions {
  readonly type?: readonly string[];
  readonly since?: Seconds;
  readonly limit?: number;
}

/** Lists the audit events of a realm, newest first. */
export async function listEvents(context: CommandContext, options: EventsOptions): Promise<void> {
  const { type = [], since, limit = 100 } = options;
  const patterns = type.map(patternOf);
  const events = await inRealm(context, options, ({ realm, now, stores }) =>
    find(stores.audit, realm.id, {
      isWanted: (event) => patterns.length === 0 || patterns.some((pattern) => pattern.test(event.type)),
      from: since === undefined ? 0 : after(now, -since),
      limit,
    }),
  );
  printResult(context, options, {
    document: events.map(eventDocument),
    text: () =>
      events.length === 0
        ? 'No matching events were recorded.'
        : table({
            columns: [
              { title: 'time', cell: ({ at }) => shortTime(at) },
              { title: 'event', cell: (event) => event.type },
              { title: 'by', cell: causeOf },
              { title: 'details', cell: factsOf, atLeast: 20 },
            ],
            rows: events,
            width: context.stdout.columns,
          }),
  });
}

interface EventFilter {
  readonly isWanted: (event: AuditEvent) => boolean;
  readonly from: Instant;
  readonly limit: number;
}

const PAGE = 500;

async function find(
  audit: AuditTrail,
  realm: string,
  { isWanted, from, limit }: EventFilter,
): Promise<readonly AuditEvent[]> {
  const found: AuditEvent[] = [];
  let next: string | undefined;
  do {
    const page = await audit.list(realm, { limit: PAGE, ...(next !== undefined && { after: next }) });
    found.push(...page.items.filter((event) => event.at >= from && isWanted(event)));
    const isBeforeStart = page.items.some(({ at }) => at < from);
    next = isBeforeStart ? undefined : page.next;
  } while (next !== undefined && found.length < limit);
  return found.slice(0, limit);
}

/** Compiles an event type in which `*` matches any characters. */
const patternOf = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
  );
