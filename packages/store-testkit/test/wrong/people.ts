import type { PersonStore } from '@vestibule/server';

type Flaw = (people: PersonStore) => PersonStore;

/** Accepts a username as a subject. */
export const takesUsernames: Flaw = (people) => ({
  ...people,
  findBySubject: async (realm, subject) =>
    (await people.findBySubject(realm, subject)) ?? people.findByUsername(realm, subject),
});

/** Looks for people of another realm in the main one. */
export const looksInTheMainRealm: Flaw = (people) => ({
  ...people,
  findBySubject: async (realm, subject) =>
    (await people.findBySubject(realm, subject)) ?? people.findBySubject('main', subject),
});

/** Treats an address without a verification status as unverified. */
export const saysUnverified: Flaw = (people) => ({
  ...people,
  insert: (person) =>
    people.insert(person.email === undefined ? person : { emailVerified: false, ...person }),
});

/** Replaces any password hash, whatever it is by then. */
export const replacesAnyHash: Flaw = (people) => ({
  ...people,
  replacePasswordHash: async (replacement) => {
    const known = await people.findBySubject(replacement.realm, replacement.subject);
    return people.replacePasswordHash({ ...replacement, replaced: known?.passwordHash ?? '' });
  },
});

/** Reports a replacement without replacing anything. */
export const replacesNoHash: Flaw = (people) => ({
  ...people,
  replacePasswordHash: async () => 'replaced',
});
