import type { Grant, GrantStore } from '@vestibule/server';

type Flaw = (grants: GrantStore) => GrantStore;

/** Remembers every grant that was inserted, as it was then. */
function remembering(grants: GrantStore) {
  const known: Grant[] = [];
  const insert: GrantStore['insert'] = async (grant) => {
    const answer = await grants.insert(grant);
    if (answer === 'inserted') known.push(structuredClone(grant));
    return answer;
  };
  return { known, insert };
}

/** A grant that no code has opened is found. */
export const findsUnopened: Flaw = (grants) => {
  const { known, insert } = remembering(grants);
  const touched = new Set<string>();
  return {
    ...grants,
    insert,
    open: (opening) => {
      touched.add(opening.id);
      return grants.open(opening);
    },
    find: async (realm, id) =>
      (await grants.find(realm, id)) ??
      known.find((grant) => grant.realm === realm && grant.id === id && !touched.has(id)),
  };
};

/** What was found once is found for ever. */
export const findsEnded: Flaw = (grants) => {
  const found = new Map<string, Grant>();
  return {
    ...grants,
    find: async (realm, id) => {
      const key = JSON.stringify([realm, id]);
      const grant = await grants.find(realm, id);
      if (grant !== undefined) found.set(key, grant);
      return found.get(key);
    },
  };
};

/** A grant is found as it was inserted, whatever became of it since. */
export const findsAsInserted: Flaw = (grants) => {
  const { known, insert } = remembering(grants);
  return {
    ...grants,
    insert,
    find: async (realm, id) =>
      (await grants.find(realm, id)) && known.find((grant) => grant.realm === realm && grant.id === id),
  };
};

/** A grant is found by its id alone. */
export const findsInEveryRealm: Flaw = (grants) => ({
  ...grants,
  find: async (realm, id) => (await grants.find(realm, id)) ?? grants.find('main', id),
});

/** What was allowed comes last first. */
export const listsNewestFirst: Flaw = (grants) => ({
  ...grants,
  listOf: async (...asked) => (await grants.listOf(...asked)).toReversed(),
});

/** A grant is listed at the moment at which it expires. */
export const listsExpired: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now, clientId) => grants.listOf(realm, subject, now - 1, clientId),
});

/** Every client's grants are listed, whichever was asked for. */
export const ignoresClient: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now) => grants.listOf(realm, subject, now),
});

/** An empty client id is taken for none. */
export const takesEmptyForNone: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now, clientId) =>
    grants.listOf(realm, subject, now, clientId === '' ? undefined : clientId),
});

/** Persons are compared as some collations do. */
export const comparesPersonsLoosely: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now, clientId) => grants.listOf(realm, subject.trimEnd(), now, clientId),
});

/** What no code has opened is left out. */
export const omitsUnopened: Flaw = (grants) => {
  const opened = new Set<string>();
  return {
    ...grants,
    open: (opening) => {
      opened.add(opening.id);
      return grants.open(opening);
    },
    listOf: async (...asked) => (await grants.listOf(...asked)).filter(({ id }) => opened.has(id)),
  };
};

/** What no code has opened is listed like what one has. */
export const listsUnopenedAsOpened: Flaw = (grants) => ({
  ...grants,
  listOf: async (...asked) =>
    (await grants.listOf(...asked)).map((listed) => {
      const { isUnopened: _, ...grant } = listed;
      return grant;
    }),
});

/** What has ended is listed until it expires. */
export const listsEnded: Flaw = (grants) => {
  const { known, insert } = remembering(grants);
  return {
    ...grants,
    insert,
    listOf: async (realm, subject, now, clientId) => {
      const ended = new Set(await grants.listEnded(realm, 0));
      const living = await grants.listOf(realm, subject, now, clientId);
      return [...living, ...known.filter((grant) => grant.subject === subject && ended.has(grant.id))];
    },
  };
};

/** What ended at that very moment is left out. */
export const listsEndsLate: Flaw = (grants) => ({
  ...grants,
  listEnded: (realm, since) => grants.listEnded(realm, since + 1),
});

/** However many are asked for, all are listed. */
export const listsPastTheLimit: Flaw = (grants) => ({
  ...grants,
  listEnded: (realm, since) => grants.listEnded(realm, since),
});

/** What ended is listed whenever that was. */
export const listsEveryEnd: Flaw = (grants) => ({
  ...grants,
  listEnded: (realm) => grants.listEnded(realm, 0),
});

/** What ended is listed in every realm. */
export const listsEndsEverywhere: Flaw = (grants) => ({
  ...grants,
  listEnded: async (realm, since) => [
    ...(await grants.listEnded(realm, since)),
    ...(realm === 'other' ? [] : await grants.listEnded('other', since)),
  ],
});

/** Only what was ended by itself is listed. */
export const listsEndsOneByOne: Flaw = (grants) => {
  const ended = new Set<string>();
  return {
    ...grants,
    end: (realm, id, at) => {
      ended.add(id);
      return grants.end(realm, id, at);
    },
    listEnded: async (realm, since) => (await grants.listEnded(realm, since)).filter((id) => ended.has(id)),
  };
};

/** A grant is not bound to the key that it is opened with. */
export const bindsNothing: Flaw = (grants) => ({
  ...grants,
  open: ({ proofKey: _proofKey, ...opening }) => grants.open(opening),
});

/** A grant that is opened without a key is bound to none. */
export const unbinds: Flaw = (grants) => ({
  ...grants,
  insert: ({ proofKey: _proofKey, ...grant }) => grants.insert(grant),
});
