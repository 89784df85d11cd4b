import { isOpenToDocuments, isRegistrationOpen } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { count } from '../output/count.ts';
import type { IfClosed, SunsetReport } from './sunset-report.ts';

/** What closing registration does in a realm, in sentences. */
export function consequences(realm: Realm, report: SunsetReport): readonly string[] {
  const { mode } = realm.settings.registration;
  const isOpen = isRegistrationOpen(realm);
  return [
    ...(isOpen ? ifClosed(realm, report) : alreadyClosed(realm, report)),
    ...returning(report),
    ...(isOpen
      ? ['Clients and grants stay stored: opening registration again restores those that have not expired.']
      : []),
    ...documentsClosed(realm, report),
    ...(isOpen && mode !== 'initial-access-token'
      ? [
          'To keep new clients out and let these go on: vestibule settings set registration.mode initial-access-token',
        ]
      : []),
  ];
}

function ifClosed({ settings }: Realm, { people, grants }: SunsetReport): readonly string[] {
  if (people.length === 0) {
    return [
      'No person has access through these clients now, so vestibule gates close realm ends none. They cannot be approved again then.',
    ];
  }
  return [
    'After vestibule gates close realm:',
    `- ${lose(people.length)} access at once (${count(grants, 'grant')}): no refresh and no approval of these clients is accepted. Access tokens that APIs do not introspect stay valid for up to ${settings.lifetimes.accessToken} seconds (lifetimes.accessToken).`,
  ];
}

const lose = (people: number): string => count(people, 'person loses', 'people lose');

const alreadyClosed = ({ id }: Realm, { people, grants }: SunsetReport): readonly string[] => [
  `Registration is closed in the realm ${id}: none of these clients gets or refreshes a token. Opening it restores the access of ${count(people.length, 'person', 'people')} (${count(grants, 'grant')}).`,
];

/** Who can return without registration. */
function returning({ people }: SunsetReport): readonly string[] {
  const numberOf = (which: IfClosed): number => people.filter((person) => person.ifClosed === which).length;
  const [again, never] = [numberOf('approve-again'), numberOf('cannot-return')];
  return [
    ...(again === 0
      ? []
      : [
          `- ${count(again, 'person', 'people')} can approve again: this realm accepts a metadata document of each of their agents. Versions of an agent that do not use its document cannot return.`,
        ]),
    ...(never === 0
      ? []
      : [
          `- ${count(never, 'person', 'people')} cannot return: an agent of theirs has no known metadata document that this realm accepts.`,
        ]),
  ];
}

/** What an operator can open first. */
function documentsClosed(realm: Realm, { agents }: SunsetReport): readonly string[] {
  const waiting = agents.filter(({ documents }) => documents.length > 0).length;
  return isOpenToDocuments(realm) || waiting === 0
    ? []
    : [
        `The realm is closed to metadata documents, which are known of ${count(waiting, 'of these agents', 'of these agents')}: vestibule gates open documents`,
      ];
}
