import {
  intersectedMembers,
  literalsOf,
  type Member,
  resolve,
  type TypeIn,
  variantsOf,
} from '../source/members.ts';
import { inRepository } from '../source/paths.ts';
import { readSource } from '../source/source-file.ts';

/** The files with the types of events. */
export const EVENTS = {
  union: inRepository('packages/core/src/audit/event.ts'),
  happened: inRepository('packages/core/src/audit/happened.ts'),
} as const;

/** One event, as its type describes it. */
export interface AuditEventType {
  /** `registration.accepted` */
  readonly type: string;
  readonly description: string;
  readonly members: readonly Member[];
}

/** Events of one union. */
export interface EventGroup {
  readonly heading: string;
  readonly description: string;
  readonly events: readonly AuditEventType[];
}

/** The headings of the unions of events. */
const HEADINGS: Readonly<Record<string, string>> = {
  RegistrationEvent: 'Registration',
  DocumentEvent: 'Metadata documents',
  ManagementEvent: 'Registration management',
  LifecycleEvent: 'Life of clients',
  OperatorEvent: 'Operators',
  KeyEvent: 'Signing keys',
  PublishedKeysEvent: 'Keys of others',
  AuditLogEvent: 'The audit log',
  AuthorizationEvent: 'Authorization and sign-in',
  TokenEvent: 'Tokens and grants',
};

/** All events by union, in the order of their declaration. @throws Error if the types have another form */
export function eventGroups(): readonly EventGroup[] {
  const file = readSource(EVENTS.union);
  const all = resolve(file, 'AuditEvent');
  if (all?.kind !== 'alias' || all.type.type !== 'TSUnionType') {
    throw new Error('There is no union of events.');
  }
  return all.type.types.map((type) => {
    const name = file.text.slice(type.start, type.end);
    const found = resolve(file, name);
    if (found?.kind !== 'alias') throw new Error(`There are no events ${name}.`);
    return {
      heading: HEADINGS[name] ?? name,
      description: found.doc?.text ?? '',
      events: variantsOf(found).flatMap(eventsOf),
    };
  });
}

/** The events of one variant: its `type` may be one of several literals, each with its own description. */
function eventsOf(variant: TypeIn): readonly AuditEventType[] {
  const members = intersectedMembers(variant);
  const type = members.find(({ name }) => name === 'type');
  return (type === undefined ? [] : literalsOf(type)).map(({ value, doc }) => ({
    type: value,
    description: (doc ?? type?.doc)?.text ?? '',
    members: distinct(members),
  }));
}

/** Interfaces of an intersection may share members. */
const distinct = (members: readonly Member[]): readonly Member[] => [
  ...new Map(members.map((member) => [member.name, member])).values(),
];
