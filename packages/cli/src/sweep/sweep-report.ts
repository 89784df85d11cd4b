import { table } from '../output/table.ts';
import type { Swept, SweptRealm } from './sweep-realm.ts';

interface Line {
  readonly what: string;
  readonly number: number;
}

/** Formats the result of a sweep for people. */
export function report({ realms, expired, limits }: Swept, width: number | undefined): string {
  const rows = [
    ...realms.flatMap(linesOf),
    { what: 'expired rows deleted', number: expired },
    { what: 'rate limit counters deleted', number: limits },
  ];
  const lines = table<Line>({
    columns: [
      { title: 'result', cell: ({ what }) => what, atLeast: 20 },
      { title: 'count', cell: ({ number }) => String(number) },
    ],
    rows,
    width,
  });
  const busy = realms.filter(({ outcome }) => outcome === 'busy');
  return [lines, ...busy.map(busyLine)].join('\n\n');
}

function linesOf(swept: SweptRealm): readonly Line[] {
  if (swept.outcome === 'busy') return [];
  const { realm, unused, hibernated, asleep, forgotten, documents } = swept;
  return [
    { what: `${realm}: clients expired unused`, number: unused },
    { what: `${realm}: clients hibernated`, number: hibernated },
    { what: `${realm}: hibernated clients removed`, number: asleep },
    { what: `${realm}: expired clients purged`, number: forgotten },
    { what: `${realm}: clients with documents removed`, number: documents },
  ];
}

const busyLine = ({ realm }: SweptRealm): string =>
  `Another process is sweeping the clients of ${realm}, or was stopped while it did so less than a minute ago. They were skipped. Try again in a minute.`;
