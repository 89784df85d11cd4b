import type { GrantStore } from '@vestibule/server';

type Flaw = (grants: GrantStore) => GrantStore;

/** Ends grants one by one, without those that no code has opened: these can be opened later. */
export const sparesUnopened: Flaw = (grants) => {
  const known: { readonly realm: string; readonly id: string; readonly clientId: string }[] = [];
  return {
    ...grants,
    insert: (grant) => {
      known.push({ realm: grant.realm, id: grant.id, clientId: grant.clientId });
      return grants.insert(grant);
    },
    endAll: async (realm, clientId, at) => {
      const ofClient = known.filter((grant) => grant.realm === realm && grant.clientId === clientId);
      const ended = await Promise.all(ofClient.map(({ id }) => grants.end(realm, id, at)));
      return ended.filter((grant) => grant !== undefined).length;
    },
  };
};

/** Reports that a grant was opened although it had ended before. */
export const opensEnded: Flaw = (grants) => {
  const opened = new Set<string>();
  return {
    ...grants,
    open: async (opening) => {
      const key = JSON.stringify([opening.realm, opening.id]);
      const answer = await grants.open(opening);
      if (answer === 'missing' || opened.has(key)) return answer;
      opened.add(key);
      return 'opened';
    },
  };
};

/** Ends the grants of this client in every realm. */
export const endsEverywhere: Flaw = (grants) => ({
  ...grants,
  endAll: async (realm, clientId, at) => {
    const count = await grants.endAll(realm, clientId, at);
    for (const other of ['main', 'other']) await grants.endAll(other, clientId, at);
    return count;
  },
});

/** Ends the grants of every client whose id is equal in lower case. */
export const comparesClientsLoosely: Flaw = (grants) => ({
  ...grants,
  insert: (grant) => grants.insert({ ...grant, clientId: grant.clientId.toLowerCase() }),
});

/** Counts grants that had ended before. */
export const countsAgain: Flaw = (grants) => {
  const counted = new Map<string, number>();
  return {
    ...grants,
    endAll: async (realm, clientId, at) => {
      const key = JSON.stringify([realm, clientId]);
      const count = (counted.get(key) ?? 0) + (await grants.endAll(realm, clientId, at));
      counted.set(key, count);
      return count;
    },
  };
};
