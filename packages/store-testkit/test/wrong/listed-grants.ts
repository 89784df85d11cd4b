import type { Grant, GrantStore } from '@vestibule/server';

type Flaw = (grants: GrantStore) => GrantStore;

/** Remembers every grant as it was inserted. */
function remembering(grants: GrantStore) {
  const known: Grant[] = [];
  const insert: GrantStore['insert'] = async (grant) => {
    const answer = await grants.insert(grant);
    if (answer === 'inserted') known.push(structuredClone(grant));
    return answer;
  };
  return { known, insert };
}

/** Finds a grant that no code has opened. */
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

/** Finds a grant forever after it was found once. */
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

/** Finds a grant as it was inserted, ignoring later changes. */
export const findsAsInserted: Flaw = (grants) => {
  const { known, insert } = remembering(grants);
  return {
    ...grants,
    insert,
    find: async (realm, id) =>
      (await grants.find(realm, id)) && known.find((grant) => grant.realm === realm && grant.id === id),
  };
};

/** Finds a grant by its id without the realm. */
export const findsInEveryRealm: Flaw = (grants) => ({
  ...grants,
  find: async (realm, id) => (await grants.find(realm, id)) ?? grants.find('main', id),
});

/** Lists the newest grant first. */
export const listsNewestFirst: Flaw = (grants) => ({
  ...grants,
  listOf: async (...asked) => (await grants.listOf(...asked)).toReversed(),
});

/** Lists a grant at the time of its expiry. */
export const listsExpired: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now, clientId) => grants.listOf(realm, subject, now - 1, clientId),
});

/** Lists the grants of all clients, whichever is given. */
export const ignoresClient: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now) => grants.listOf(realm, subject, now),
});

/** Treats an empty client id as absent. */
export const takesEmptyForNone: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now, clientId) =>
    grants.listOf(realm, subject, now, clientId === '' ? undefined : clientId),
});

/** Compares people as some collations do. */
export const comparesPersonsLoosely: Flaw = (grants) => ({
  ...grants,
  listOf: (realm, subject, now, clientId) => grants.listOf(realm, subject.trimEnd(), now, clientId),
});

/** Omits grants that no code has opened. */
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

/** Lists grants that no code has opened without a mark. */
export const listsUnopenedAsOpened: Flaw = (grants) => ({
  ...grants,
  listOf: async (...asked) =>
    (await grants.listOf(...asked)).map((listed) => {
      const { isUnopened: _, ...grant } = listed;
      return grant;
    }),
});

/** Lists ended grants until they expire. */
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

/** Omits grants that ended at exactly the given time. */
export const listsEndsLate: Flaw = (grants) => ({
  ...grants,
  listEnded: (realm, since) => grants.listEnded(realm, since + 1),
});

/** Lists all grants, ignoring the limit. */
export const listsPastTheLimit: Flaw = (grants) => ({
  ...grants,
  listEnded: (realm, since) => grants.listEnded(realm, since),
});

/** Lists all ended grants, ignoring the time. */
export const listsEveryEnd: Flaw = (grants) => ({
  ...grants,
  listEnded: (realm) => grants.listEnded(realm, 0),
});

/** Lists ended grants of every realm. */
export const listsEndsEverywhere: Flaw = (grants) => ({
  ...grants,
  listEnded: async (realm, since) => [
    ...(await grants.listEnded(realm, since)),
    ...(realm === 'other' ? [] : await grants.listEnded('other', since)),
  ],
});

/** Lists only grants that were ended individually. */
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

/** Does not bind a grant to the key that it is opened with. */
export const bindsNothing: Flaw = (grants) => ({
  ...grants,
  open: ({ proofKey: _proofKey, ...opening }) => grants.open(opening),
});

/** Does not bind a grant to the client authentication that it is opened with. */
export const bindsNoClientMethod: Flaw = (grants) => ({
  ...grants,
  open: ({ clientMethod: _clientMethod, ...opening }) => grants.open(opening),
});

/** Forgets the client authentication that a grant was bound to before it was opened. */
export const unbindsClientMethod: Flaw = (grants) => ({
  ...grants,
  insert: ({ clientMethod: _clientMethod, ...grant }) => grants.insert(grant),
});

/** Removes the binding of a grant that is opened without a key. */
export const unbinds: Flaw = (grants) => ({
  ...grants,
  insert: ({ proofKey: _proofKey, ...grant }) => grants.insert(grant),
});
