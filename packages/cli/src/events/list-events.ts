import { after, type AuditEvent, type AuditTrail, type Instant, type Seconds } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { tell } from '../output/print.ts';
import { table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import { eventDocument } from './event-document.ts';
import type { Surroundings } from '../context/context.ts';

export interface EventsOptions extends RealmOptions {
  readonly type?: readonly string[];
  readonly since?: Seconds;
  readonly limit?: number;
}

/** Lists what was taken down in a realm, the newest first. */
export async function listEvents(surroundings: Surroundings, options: EventsOptions): Promise<void> {
  const { type = [], since, limit = 100 } = options;
  const patterns = type.map(patternOf);
  const events = await inRealm(surroundings, options, ({ realm, now, stores }) =>
    find(stores.audit, realm.id, {
      isWanted: (event) => patterns.length === 0 || patterns.some((pattern) => pattern.test(event.type)),
      from: since === undefined ? 0 : after(now, -since),
      limit,
    }),
  );
  tell(surroundings, options, {
    document: events.map(eventDocument),
    text: () =>
      events.length === 0
        ? 'Nothing of that kind was taken down.'
        : table({
            columns: [
              { title: 'when', cell: ({ at }) => shortTime(at) },
              { title: 'what', cell: (event) => event.type },
              { title: 'from', cell: ({ ip = '' }) => ip },
              { title: 'more', cell: factsOf, atLeast: 20 },
            ],
            rows: events,
            width: surroundings.stdout.columns,
          }),
  });
}

interface Wanted {
  readonly isWanted: (event: AuditEvent) => boolean;
  readonly from: Instant;
  readonly limit: number;
}

const PAGE = 500;

async function find(
  audit: AuditTrail,
  realm: string,
  { isWanted, from, limit }: Wanted,
): Promise<readonly AuditEvent[]> {
  const found: AuditEvent[] = [];
  let next: string | undefined;
  do {
    const page = await audit.list(realm, { limit: PAGE, ...(next !== undefined && { after: next }) });
    found.push(...page.items.filter((event) => event.at >= from && isWanted(event)));
    const isOver = page.items.some(({ at }) => at < from);
    next = isOver ? undefined : page.next;
  } while (next !== undefined && found.length < limit);
  return found.slice(0, limit);
}

/** A name in which `*` stands for anything. */
const patternOf = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
  );

/** What an event says besides when, what and from where. */
function factsOf(event: AuditEvent): string {
  const { type: _type, at: _at, ip: _ip, realm: _realm, ...facts } = eventDocument(event);
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}
