import { table } from '../output/table.ts';
import type { Swept, SweptRealm } from './sweep-realm.ts';

interface Line {
  readonly what: string;
  readonly number: number;
}

/** What a sweep came to, for people. */
export function report({ realms, expired, limits }: Swept, width: number | undefined): string {
  const rows = [
    ...realms.flatMap(linesOf),
    { what: 'whatever else had expired, in rows', number: expired },
    { what: 'counts of limits that are over', number: limits },
  ];
  const lines = table<Line>({
    columns: [
      { title: 'swept', cell: ({ what }) => what, atLeast: 20 },
      { title: 'number', cell: ({ number }) => String(number) },
    ],
    rows,
    width,
  });
  const busy = realms.filter(({ outcome }) => outcome === 'busy');
  return [lines, ...busy.map(busyLine)].join('\n\n');
}

function linesOf(swept: SweptRealm): readonly Line[] {
  if (swept.outcome === 'busy') return [];
  const { realm, unused, hibernated, asleep, forgotten } = swept;
  return [
    { what: `clients of ${realm} that were never used`, number: unused },
    { what: `clients of ${realm} that went to sleep`, number: hibernated },
    { what: `clients of ${realm} that slept too long`, number: asleep },
    { what: `expired clients of ${realm} forgotten`, number: forgotten },
  ];
}

const busyLine = ({ realm }: SweptRealm): string =>
  `Another process is sweeping the clients of ${realm} just now, or was stopped at it less than a minute ago. They were left to it.`;
