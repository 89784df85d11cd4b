import type { GrantStore } from '@vestibule/server';

type Flaw = (grants: GrantStore) => GrantStore;

/** Returns a second working successor for a repeated token. */
export const forks: Flaw = (grants) => ({
  ...grants,
  rotate: async (rotation) => {
    const outcome = await grants.rotate(rotation);
    const grant = await grants.findByRefreshToken(rotation.realm, rotation.presented.hash);
    if (outcome.outcome !== 'repeated' || grant === undefined) return outcome;
    const { hash, expiresAt } = rotation.successor;
    const id = `${grant.id}-${hash}`;
    await grants.insert({ ...grant, id });
    await grants.open({ realm: grant.realm, id, at: rotation.now, expiresAt, token: { hash, expiresAt } });
    return { outcome: 'rotated' };
  },
});

/** Has a grace period that is a millisecond too long. */
export const graceIsLong: Flaw = (grants) => ({
  ...grants,
  rotate: (rotation) => grants.rotate({ ...rotation, repeatableSince: rotation.repeatableSince - 1 }),
});

/** Counts the grace period from the first use of a token instead of its successor's. */
export const countsFromItsOwnUse: Flaw = (grants) => {
  const used = new Map<string, number>();
  return {
    ...grants,
    rotate: async (rotation) => {
      const key = JSON.stringify([rotation.realm, rotation.presented.hash]);
      const at = used.get(key);
      if (at !== undefined && at <= rotation.repeatableSince) return { outcome: 'replayed' };
      const outcome = await grants.rotate(rotation);
      if (outcome.outcome === 'rotated') used.set(key, rotation.now);
      return outcome;
    },
  };
};

/** Ignores family secrets, so all tokens are stored. */
export const storesEveryToken: Flaw = (grants) => ({
  ...grants,
  open: ({ token, ...opening }) =>
    grants.open(
      token === undefined ? opening : { ...opening, token: { hash: token.hash, expiresAt: token.expiresAt } },
    ),
  rotate: ({ successor: { hash, expiresAt, seed }, ...rotation }) =>
    grants.rotate({ ...rotation, successor: { hash, expiresAt, seed } }),
});

/** Treats a token that is no longer stored as unknown, whatever its secret is. */
export const ignoresFamilies: Flaw = (grants) => ({
  ...grants,
  findByRefreshToken: (realm, hash) => grants.findByRefreshToken(realm, hash),
  rotate: ({ presented: { hash }, ...rotation }) => grants.rotate({ ...rotation, presented: { hash } }),
});

/** Applies a family secret in every realm. */
export const findsFamiliesEverywhere: Flaw = (grants) => ({
  ...grants,
  findByRefreshToken: async (realm, hash, family) =>
    (await grants.findByRefreshToken(realm, hash, family)) ?? grants.findByRefreshToken('main', hash, family),
});

/** Returns the successor of a used token without a secret forever, stored or not. */
export const repeatsForEver: Flaw = (grants) => {
  const seeds = new Map<string, string>();
  return {
    ...grants,
    rotate: async (rotation) => {
      const { realm, presented, successor } = rotation;
      const key = JSON.stringify([realm, presented.hash]);
      const seed = presented.family === undefined ? seeds.get(key) : undefined;
      if (seed !== undefined) return { outcome: 'repeated', seed };
      const outcome = await grants.rotate(rotation);
      if (outcome.outcome === 'rotated') seeds.set(key, successor.seed);
      return outcome;
    },
  };
};

/** Has no grace period. */
export const hasNoGrace: Flaw = (grants) => ({
  ...grants,
  rotate: (rotation) => grants.rotate({ ...rotation, repeatableSince: Infinity }),
});

/** Accepts a token at the time of its expiry. */
export const expiresLate: Flaw = (grants) => ({
  ...grants,
  rotate: ({ now, repeatableSince, ...rotation }) =>
    grants.rotate({ ...rotation, now: now - 1, repeatableSince: repeatableSince - 1 }),
});

/** Finds a grant forever after it was found once. */
export const remembersGrants: Flaw = (grants) => {
  const found = new Map<string, ReturnType<GrantStore['findByRefreshToken']>>();
  return {
    ...grants,
    findByRefreshToken: (realm, hash, family) => {
      const key = JSON.stringify([realm, hash, family]);
      const grant = found.get(key) ?? grants.findByRefreshToken(realm, hash, family);
      found.set(key, grant);
      return grant;
    },
  };
};

/** Ends a grant that no code has opened, by opening it. */
export const endsUnopened: Flaw = (grants) => ({
  ...grants,
  end: async (realm, id, at) => {
    await grants.open({ realm, id, at, expiresAt: at });
    return grants.end(realm, id, at);
  },
});
