import { contents, list, namedHeading, type Page, page, paragraphs, prose } from '../markdown/markdown.ts';
import { literalNotes, membersTable } from '../source/members-table.ts';
import { type Member, membersOfInterface } from '../source/members.ts';
import { type AuditEventType, eventGroups, EVENTS } from './event-types.ts';

/** Members that all events share, and the interfaces that declare them. */
const SHARED: ReadonlySet<string> = new Set(['Happened', 'Acted']);

/** The page of all audit events. */
export function eventsPage(): Page {
  const groups = eventGroups();
  return page(
    'events.md',
    'Audit events',
    'Every audit event: when it is recorded, and what it contains.',
    'Read them with `vestibule events`, or pass an `AuditLog` of your own to `createVestibule`. Event types are stable: alert on `type`, not on texts. No event contains a secret, a code or a token.',
    contents(['Members of every event', ...groups.map(({ heading }) => heading)]),
    '## Members of every event',
    membersTable(membersOfInterface(EVENTS.happened, 'Happened')),
    'Acts of an operator have these as well:',
    membersTable(membersOfInterface(EVENTS.happened, 'Acted').filter(({ of }) => of === 'Acted')),
    ...groups.map(({ heading, description, events }) =>
      paragraphs(`## ${heading}`, prose(description), ...events.map(eventSection)),
    ),
  );
}

function eventSection({ type, description, members }: AuditEventType): string {
  const own = members.filter(({ name, of = '' }) => name !== 'type' && !SHARED.has(of));
  const isActed = members.some(({ of }) => of === 'Acted');
  return paragraphs(
    namedHeading(3, type),
    prose(description),
    isActed ? 'Names the actor.' : '',
    membersTable(own),
    ...own.map(noteSection),
  );
}

/** What the values of a member mean, where its type says so. */
function noteSection(member: Member): string {
  const notes = literalNotes(member);
  return notes.length === 0
    ? ''
    : paragraphs(
        `Values of \`${member.name}\`:`,
        list(notes.map(({ value, text }) => `\`${value}\`: ${prose(text)}`)),
      );
}
