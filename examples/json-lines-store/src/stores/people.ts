import { isDeepStrictEqual } from 'node:util';
import type { Synchronous } from '@vestibule/core/memory';
import type { PersonStore, StoredPerson } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';
import { createTable } from './table.ts';

/** People, under their usernames. */
export function createPeople(ledger: Ledger): Synchronous<PersonStore> {
  const people = createTable<StoredPerson>(
    ledger,
    'people',
    ({ realm, username }) => [realm, username],
    (person, other) => person.realm === other.realm && person.subject === other.subject,
  );
  const ofRealm = (realm: string): readonly StoredPerson[] =>
    people.all().filter((person) => person.realm === realm);
  const findBySubject = (realm: string, subject: string): StoredPerson | undefined =>
    ofRealm(realm).find((person) => person.subject === subject);
  return {
    insert: people.insert,
    findByUsername: people.find,
    findBySubject,
    list: (realm, page) => pageOf(ofRealm(realm), ({ username }) => username, page),
    replace: (next, replaced) => {
      const known = findBySubject(next.realm, next.subject);
      if (known === undefined || !isDeepStrictEqual(known, replaced)) return 'stale';
      people.set({ ...next, username: known.username });
      return 'replaced';
    },
    remove: (realm, subject) => {
      const known = findBySubject(realm, subject);
      if (known === undefined) return 'missing';
      people.delete(realm, known.username);
      return 'removed';
    },
    replacePasswordHash: ({ realm, subject, replaced, passwordHash }) => {
      const known = findBySubject(realm, subject);
      if (known === undefined || known.passwordHash !== replaced) return 'stale';
      people.set({ ...known, passwordHash });
      return 'replaced';
    },
  };
}
