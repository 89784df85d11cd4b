import type { GrantStore } from '@vestibule/server';

type Flaw = (grants: GrantStore) => GrantStore;

/** A repeated token yields a second successor that works as well. */
export const forks: Flaw = (grants) => ({
  ...grants,
  rotate: async (rotation) => {
    const outcome = await grants.rotate(rotation);
    const grant = await grants.findByRefreshToken(rotation.realm, rotation.presented);
    if (outcome.outcome !== 'repeated' || grant === undefined) return outcome;
    const { hash, expiresAt } = rotation.successor;
    const id = `${grant.id}-${hash}`;
    await grants.insert({ ...grant, id });
    await grants.open({ realm: grant.realm, id, at: rotation.now, expiresAt, token: { hash, expiresAt } });
    return { outcome: 'rotated' };
  },
});

/** The grace lasts a moment longer. */
export const graceIsLong: Flaw = (grants) => ({
  ...grants,
  rotate: (rotation) => grants.rotate({ ...rotation, repeatableSince: rotation.repeatableSince - 1 }),
});

/** There is no grace. */
export const hasNoGrace: Flaw = (grants) => ({
  ...grants,
  rotate: (rotation) => grants.rotate({ ...rotation, repeatableSince: Infinity }),
});

/** A token works at the moment at which it expires. */
export const expiresLate: Flaw = (grants) => ({
  ...grants,
  rotate: ({ now, repeatableSince, ...rotation }) =>
    grants.rotate({ ...rotation, now: now - 1, repeatableSince: repeatableSince - 1 }),
});

/** What was found once is found for ever. */
export const remembersGrants: Flaw = (grants) => {
  const found = new Map<string, ReturnType<GrantStore['findByRefreshToken']>>();
  return {
    ...grants,
    findByRefreshToken: (realm, hash) => {
      const key = JSON.stringify([realm, hash]);
      const grant = found.get(key) ?? grants.findByRefreshToken(realm, hash);
      found.set(key, grant);
      return grant;
    },
  };
};

/** What no code has opened is ended too, by opening it. */
export const endsUnopened: Flaw = (grants) => ({
  ...grants,
  end: async (realm, id, at) => {
    await grants.open({ realm, id, at, expiresAt: at });
    return grants.end(realm, id, at);
  },
});
