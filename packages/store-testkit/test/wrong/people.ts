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

/** Deletes the groups that an operator gave when it stores what a sign-in reported. */
export const forgetsGivenGroups: Flaw = (people) => ({
  ...people,
  replace: ({ groups: _groups, ...next }, replaced) => people.replace(next, replaced),
});

/** Replaces a person whose groups have changed since they were read. */
export const ignoresGroups: Flaw = (people) => ({
  ...people,
  replace: async (next, replaced) => {
    const known = await people.findBySubject(replaced.realm, replaced.subject);
    const { groups: _groups, reportedGroups: _reported, ...read } = replaced;
    const { groups, reportedGroups } = known ?? {};
    return people.replace(next, {
      ...read,
      ...(groups && { groups }),
      ...(reportedGroups && { reportedGroups }),
    });
  },
});

/** Compares groups without regard to case, by storing them so. */
export const lowersGroups: Flaw = (people) => ({
  ...people,
  insert: ({ groups, ...person }) =>
    people.insert({ ...person, ...(groups && { groups: groups.map((name) => name.toLowerCase()) }) }),
});
