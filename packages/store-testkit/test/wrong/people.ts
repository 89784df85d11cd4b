import type { PersonStore } from '@vestibule/server';

type Flaw = (people: PersonStore) => PersonStore;

/** A username will do for a subject. */
export const takesUsernames: Flaw = (people) => ({
  ...people,
  findBySubject: async (realm, subject) =>
    (await people.findBySubject(realm, subject)) ?? people.findByUsername(realm, subject),
});

/** Who is not in this realm is looked for in the main one. */
export const looksInTheMainRealm: Flaw = (people) => ({
  ...people,
  findBySubject: async (realm, subject) =>
    (await people.findBySubject(realm, subject)) ?? people.findBySubject('main', subject),
});

/** An address that nobody said anything of passes for one that was not verified. */
export const saysUnverified: Flaw = (people) => ({
  ...people,
  insert: (person) =>
    people.insert(person.email === undefined ? person : { emailVerified: false, ...person }),
});

/** A password hash is replaced whatever it is by then. */
export const replacesAnyHash: Flaw = (people) => ({
  ...people,
  replacePasswordHash: async (replacement) => {
    const known = await people.findBySubject(replacement.realm, replacement.subject);
    return people.replacePasswordHash({ ...replacement, replaced: known?.passwordHash ?? '' });
  },
});

/** The answer is that it was replaced, and nothing is. */
export const replacesNoHash: Flaw = (people) => ({
  ...people,
  replacePasswordHash: async () => 'replaced',
});
