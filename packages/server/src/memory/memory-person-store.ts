import { equalInConstantTime } from '@vestibule/core';
import type { PersonStore, StoredPerson } from '../ports/person-store.ts';

/** Stores people in memory. For tests and examples. */
export function createMemoryPersonStore(): PersonStore {
  const people: StoredPerson[] = [];
  return {
    insert: async (person) => {
      const { realm, subject, username } = person;
      const taken = people.some(
        (other) => other.realm === realm && (other.subject === subject || other.username === username),
      );
      if (taken) return 'exists';
      people.push(structuredClone(person));
      return 'inserted';
    },
    replacePasswordHash: async ({ realm, subject, replaced, passwordHash }) => {
      const index = people.findIndex((person) => person.realm === realm && person.subject === subject);
      const known = people[index];
      if (known === undefined || !equalInConstantTime(known.passwordHash, replaced)) return 'stale';
      people[index] = { ...known, passwordHash };
      return 'replaced';
    },
    findBySubject: async (realm, subject) =>
      structuredClone(people.find((person) => person.realm === realm && person.subject === subject)),
    findByUsername: async (realm, username) =>
      structuredClone(people.find((person) => person.realm === realm && person.username === username)),
  };
}
