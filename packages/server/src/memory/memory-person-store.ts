import { equalInConstantTime } from '@vestibule/core';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import type { PersonStore, StoredPerson } from '../ports/person-store.ts';
import { key } from './record-key.ts';

/** Stores people in memory. For tests and examples. */
export const createMemoryPersonStore = (): PersonStore => promised(createPersonTable(createJournal()));

/** People in memory. */
export function createPersonTable(journal: Journal): Synchronous<PersonStore> {
  /** By realm and subject. */
  const people = journal.map<StoredPerson>();
  const ofRealm = (realm: string): readonly StoredPerson[] =>
    [...people.values()].filter((person) => person.realm === realm);
  const named = (realm: string, username: string): StoredPerson | undefined =>
    ofRealm(realm).find((person) => person.username === username);
  return {
    insert: (person) => {
      const { realm, subject, username } = person;
      if (people.has(key(realm, subject)) || named(realm, username) !== undefined) return 'exists';
      people.set(key(realm, subject), structuredClone(person));
      return 'inserted';
    },
    replacePasswordHash: ({ realm, subject, replaced, passwordHash }) => {
      const known = people.get(key(realm, subject));
      const { passwordHash: current } = known ?? {};
      if (known === undefined || current === undefined || !equalInConstantTime(current, replaced)) {
        return 'stale';
      }
      people.set(key(realm, subject), { ...known, passwordHash });
      return 'replaced';
    },
    list: (realm, { after, limit }) => {
      const rest = ofRealm(realm)
        .filter(({ username }) => after === undefined || username > after)
        .toSorted((a, b) => (a.username < b.username ? -1 : 1));
      const items = structuredClone(rest.slice(0, limit));
      const last = items.at(-1);
      return { items, ...(rest.length > limit && last !== undefined && { next: last.username }) };
    },
    replace: (next, replaced) => {
      const known = people.get(key(next.realm, next.subject));
      if (known === undefined || !isSamePerson(known, replaced)) return 'stale';
      const { name, passwordHash, email, emailVerified, groups, reportedGroups } = next;
      const { realm, subject, username } = known;
      people.set(key(realm, subject), {
        realm,
        subject,
        username,
        name,
        ...(passwordHash !== undefined && { passwordHash }),
        ...(email !== undefined && { email }),
        ...(emailVerified !== undefined && { emailVerified }),
        ...(groups !== undefined && { groups: structuredClone(groups) }),
        ...(reportedGroups !== undefined && { reportedGroups: structuredClone(reportedGroups) }),
      });
      return 'replaced';
    },
    remove: (realm, subject) => (people.delete(key(realm, subject)) ? 'removed' : 'missing'),
    findBySubject: (realm, subject) => structuredClone(people.get(key(realm, subject))),
    findByUsername: (realm, username) => structuredClone(named(realm, username)),
  };
}

const isSamePerson = (one: StoredPerson, other: StoredPerson): boolean =>
  one.name === other.name &&
  one.passwordHash === other.passwordHash &&
  one.email === other.email &&
  one.emailVerified === other.emailVerified &&
  isSameList(one.groups, other.groups) &&
  isSameList(one.reportedGroups, other.reportedGroups);

const isSameList = (one: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
