import type { GrantStore, PersonStore, SessionStore } from '@vestibule/server';

type PersonFlaw = (people: PersonStore) => PersonStore;
type SessionFlaw = (sessions: SessionStore) => SessionStore;
type GrantFlaw = (grants: GrantStore) => GrantStore;

/** Replaces a person, whatever they are by then: a concurrent change is lost. */
export const replacesAnyPerson: PersonFlaw = (people) => ({
  ...people,
  replace: async (next, replaced) => {
    const current = await people.findBySubject(next.realm, next.subject);
    return people.replace(next, current ?? replaced);
  },
});

/** Reports a replacement without replacing anything. */
export const replacesNobody: PersonFlaw = (people) => ({ ...people, replace: async () => 'replaced' });

/** Removes a person from every realm. */
export const removesEverywhere: PersonFlaw = (people) => ({
  ...people,
  remove: async (realm, subject) => {
    const outcome = await people.remove(realm, subject);
    await people.remove('other', subject);
    return outcome;
  },
});

/** Reports a removal whether or not the person existed. */
export const removesAgain: PersonFlaw = (people) => ({
  ...people,
  remove: async (realm, subject) => {
    await people.remove(realm, subject);
    return 'removed';
  },
});

/** Deletes the sessions of a person in every realm. */
export const signsOutEverywhere: SessionFlaw = (sessions) => ({
  ...sessions,
  deleteOf: async (realm, subject) => {
    const count = await sessions.deleteOf(realm, subject);
    await sessions.deleteOf('other', subject);
    return count;
  },
});

/** Deletes no session of a person. */
export const signsNobodyOut: SessionFlaw = (sessions) => ({ ...sessions, deleteOf: async () => 0 });

/** Lists the unopened grants of a client without a mark. */
export const marksNothing: GrantFlaw = (grants) => ({
  ...grants,
  listOfClient: async (...asked) => {
    const page = await grants.listOfClient(...asked);
    return { ...page, items: page.items.map(({ isUnopened: _isUnopened, ...grant }) => grant) };
  },
});

/** Lists the grants of a client until after they expired. */
export const listsExpiredOfClient: GrantFlaw = (grants) => ({
  ...grants,
  listOfClient: (realm, clientId, now, page) => grants.listOfClient(realm, clientId, now - 1, page),
});
