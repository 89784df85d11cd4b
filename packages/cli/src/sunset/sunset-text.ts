import type { Realm } from '@vestibule/core/realm';
import type { CommandContext } from '../context/command-context.ts';
import { count } from '../output/count.ts';
import { painter, type Tone } from '../output/paint.ts';
import { table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { consequences } from './consequences.ts';
import type { NamedPerson } from './sunset-document.ts';
import type { AgentReport, IfClosed, SunsetReport } from './sunset-report.ts';

type Terminal = Pick<CommandContext, 'env' | 'stdout'>;

/** The report for people. */
export function sunsetText(
  context: Terminal,
  realm: Realm,
  report: SunsetReport,
  named: readonly NamedPerson[] | undefined,
): string {
  const { agents, clients, unused } = report;
  const isMentioned = unused > 0;
  const never = `${count(unused, 'other registered client')} ${unused === 1 ? 'was' : 'were'} never approved by a person.`;
  if (agents.length === 0) {
    const none = `No client that registered itself is in use in the realm ${realm.id}. Closing registration ends no access.`;
    return isMentioned ? `${none}\n${never}` : none;
  }
  const sum = `${count(clients, 'registered client')} of ${count(agents.length, 'agent')}`;
  return [
    agentsTable(context, agents),
    ...(named === undefined || named.length === 0 ? [] : [peopleTable(context, named)]),
    isMentioned ? `${sum}. ${never}` : sum,
    consequences(realm, report).join('\n'),
  ].join('\n\n');
}

const WORDS: Readonly<Record<IfClosed, string>> = {
  'nothing-ends': 'nothing ends',
  'approve-again': 'approve again',
  'cannot-return': 'cannot return',
};

const TONES: Readonly<Record<IfClosed, Tone>> = {
  'nothing-ends': 'quiet',
  'approve-again': 'uneasy',
  'cannot-return': 'bad',
};

function agentsTable(context: Terminal, agents: readonly AgentReport[]): string {
  const paint = painter(context, context.stdout);
  return table<AgentReport>({
    columns: [
      { title: 'agent', cell: nameOf, atLeast: 12 },
      { title: 'redirects to', cell: ({ targets }) => targets.map(placeOf).join(', '), atLeast: 8, spare: 2 },
      { title: 'clients', cell: ({ clients }) => String(clients) },
      { title: 'grants', cell: ({ grants }) => String(grants), spare: 3 },
      { title: 'people', cell: ({ people }) => String(people) },
      { title: 'last used', cell: ({ lastUsedAt }) => shortTime(lastUsedAt), spare: 1 },
      {
        title: 'if closed',
        cell: ({ ifClosed }) => WORDS[ifClosed],
        paint: (text, { ifClosed }) => paint(TONES[ifClosed], text),
      },
      { title: 'document', cell: stateOf },
      { title: 'URL', cell: uriOf, atLeast: 16, spare: 4 },
    ],
    rows: agents,
    width: context.stdout.columns,
  });
}

function peopleTable(context: Terminal, people: readonly NamedPerson[]): string {
  const paint = painter(context, context.stdout);
  return table<NamedPerson>({
    columns: [
      { title: 'person', cell: ({ username, subject }) => username ?? subject, atLeast: 8 },
      { title: 'agents', cell: ({ agents }) => agents.join(', '), atLeast: 8 },
      {
        title: 'if closed',
        cell: ({ ifClosed }) => WORDS[ifClosed],
        paint: (text, { ifClosed }) => paint(TONES[ifClosed], text),
      },
    ],
    rows: people,
    width: context.stdout.columns,
  });
}

const nameOf = ({ name, verifiedBy }: AgentReport): string =>
  `${name} [${verifiedBy === undefined ? 'unverified' : `verified by ${verifiedBy}`}]`;

const placeOf = (target: string): string =>
  target === 'loopback' ? 'this computer' : target.replace(/^https:\/\//, '');

/** Of its most useful document. */
function stateOf({ documents: [best], peopleWithDocument }: AgentReport): string {
  switch (best?.state) {
    case undefined:
      return 'none known';
    case 'in-use':
      return `in use, by ${peopleWithDocument} of these`;
    case 'accepted':
    case 'refused':
      return best.state;
  }
}

function uriOf({ documents: [best, ...others] }: AgentReport): string {
  if (best === undefined) return '';
  return others.length === 0 ? best.uri : `${best.uri} and ${others.length} more`;
}
