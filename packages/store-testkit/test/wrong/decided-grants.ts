import type { Stores } from '@vestibule/server';

type Flaw = (stores: Stores) => Partial<Stores>;

/** Makes the decision and adds no grant. */
export const forgetsGrant: Flaw = ({ interactions }) => ({
  interactions: {
    ...interactions,
    decide: (realm, id, decision) => interactions.decide(realm, id, decision),
  },
});

/** Adds the grant whether or not the decision is made. */
export const grantsAnyway: Flaw = ({ interactions, grants }) => ({
  interactions: {
    ...interactions,
    decide: async (realm, id, decision, grant) => {
      if (grant !== undefined) await grants.insert(grant);
      return interactions.decide(realm, id, decision);
    },
  },
});

/** Makes the decision first, and then finds that the grant cannot be added. */
export const decidesFirst: Flaw = ({ interactions, grants }) => ({
  interactions: {
    ...interactions,
    decide: async (realm, id, decision, grant) => {
      const standing = await interactions.decide(realm, id, decision);
      if (standing?.made && grant !== undefined && (await grants.insert(grant)) === 'exists') {
        throw new Error('The grant exists.');
      }
      return standing;
    },
  },
});

/** Finds grants that were opened as if they were not. */
export const findsOpened: Flaw = ({ grants }) => ({
  grants: {
    ...grants,
    findUnopened: async (realm, id) =>
      (await grants.findUnopened(realm, id)) ?? (await grants.find(realm, id)),
  },
});

/** Gives a password hash to a person who has none. */
export const givesHashes: Flaw = ({ people }) => {
  const replaced = new Map<string, string>();
  const read = async (found: ReturnType<typeof people.findBySubject>) => {
    const person = await found;
    const passwordHash = person && replaced.get(JSON.stringify([person.realm, person.subject]));
    return person && passwordHash !== undefined ? { ...person, passwordHash } : person;
  };
  return {
    people: {
      ...people,
      findBySubject: (realm, subject) => read(people.findBySubject(realm, subject)),
      replacePasswordHash: async (replacement) => {
        const { realm, subject, passwordHash } = replacement;
        const person = await people.findBySubject(realm, subject);
        if (person === undefined || person.passwordHash !== undefined) {
          return people.replacePasswordHash(replacement);
        }
        replaced.set(JSON.stringify([realm, subject]), passwordHash);
        return 'replaced';
      },
    },
  };
};
