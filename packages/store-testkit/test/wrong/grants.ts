import type { GrantStore } from '@vestibule/server';

type Flaw = (grants: GrantStore) => GrantStore;

/** A repeated token yields a second successor that works as well. */
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

/** The grace lasts a moment longer. */
export const graceIsLong: Flaw = (grants) => ({
  ...grants,
  rotate: (rotation) => grants.rotate({ ...rotation, repeatableSince: rotation.repeatableSince - 1 }),
});

/** The grace counts from the first use of a token instead of its successor's. */
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

/** No token carries the secret of a family, so all of them are stored. */
export const storesEveryToken: Flaw = (grants) => ({
  ...grants,
  open: ({ token, ...opening }) =>
    grants.open(
      token === undefined ? opening : { ...opening, token: { hash: token.hash, expiresAt: token.expiresAt } },
    ),
  rotate: ({ successor: { hash, expiresAt, seed }, ...rotation }) =>
    grants.rotate({ ...rotation, successor: { hash, expiresAt, seed } }),
});

/** A token that is no longer stored is unknown, whatever secret it carries. */
export const ignoresFamilies: Flaw = (grants) => ({
  ...grants,
  findByRefreshToken: (realm, hash) => grants.findByRefreshToken(realm, hash),
  rotate: ({ presented: { hash }, ...rotation }) => grants.rotate({ ...rotation, presented: { hash } }),
});

/** The secret of a family counts in every realm. */
export const findsFamiliesEverywhere: Flaw = (grants) => ({
  ...grants,
  findByRefreshToken: async (realm, hash, family) =>
    (await grants.findByRefreshToken(realm, hash, family)) ?? grants.findByRefreshToken('main', hash, family),
});

/** A used token without a secret yields its successor for ever, stored or not. */
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
    findByRefreshToken: (realm, hash, family) => {
      const key = JSON.stringify([realm, hash, family]);
      const grant = found.get(key) ?? grants.findByRefreshToken(realm, hash, family);
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
