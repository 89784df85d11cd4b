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
      const { passwordHash: current } = known ?? {};
      if (known === undefined || current === undefined || !equalInConstantTime(current, replaced)) {
        return 'stale';
      }
      people[index] = { ...known, passwordHash };
      return 'replaced';
    },
    list: async (realm, { after, limit }) => {
      const rest = people
        .filter((person) => person.realm === realm && (after === undefined || person.username > after))
        .toSorted((a, b) => (a.username < b.username ? -1 : 1));
      const items = structuredClone(rest.slice(0, limit));
      const last = items.at(-1);
      return { items, ...(rest.length > limit && last !== undefined && { next: last.username }) };
    },
    replace: async (next, replaced) => {
      const index = people.findIndex(
        ({ realm, subject }) => realm === next.realm && subject === next.subject,
      );
      const known = people[index];
      if (known === undefined || !isSamePerson(known, replaced)) return 'stale';
      const { name, passwordHash, email, emailVerified } = next;
      const { realm, subject, username } = known;
      people[index] = {
        realm,
        subject,
        username,
        name,
        ...(passwordHash !== undefined && { passwordHash }),
        ...(email !== undefined && { email }),
        ...(emailVerified !== undefined && { emailVerified }),
      };
      return 'replaced';
    },
    remove: async (realm, subject) => {
      const index = people.findIndex((person) => person.realm === realm && person.subject === subject);
      return index === -1 || people.splice(index, 1).length === 0 ? 'missing' : 'removed';
    },
    findBySubject: async (realm, subject) =>
      structuredClone(people.find((person) => person.realm === realm && person.subject === subject)),
    findByUsername: async (realm, username) =>
      structuredClone(people.find((person) => person.realm === realm && person.username === username)),
  };
}

const isSamePerson = (one: StoredPerson, other: StoredPerson): boolean =>
  one.name === other.name &&
  one.passwordHash === other.passwordHash &&
  one.email === other.email &&
  one.emailVerified === other.emailVerified;
