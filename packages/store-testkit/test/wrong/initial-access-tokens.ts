import type { InitialAccessTokenStore } from '@vestibule/core';
import { whyUnusable } from '@vestibule/core/registration';
import { setImmediate as tick } from 'node:timers/promises';

type Flaw = (tokens: InitialAccessTokenStore) => InitialAccessTokenStore;

/** Reads how many uses are left, and counts one later, overwriting concurrent uses. */
export const claimsUses: Flaw = (tokens) => ({
  ...tokens,
  use: async (realm, hash, now) => {
    const token = await tokens.findByHash(realm, hash);
    if (token === undefined || whyUnusable(token, now) !== undefined) return 'refused';
    await tick();
    await tokens.use(realm, hash, now);
    return 'counted';
  },
});

/** Reads how many uses were counted, and releases one later, overwriting concurrent changes. */
export const claimsGiftsBack: Flaw = (tokens) => {
  const given = new Map<string, number>();
  const place = (realm: string, hash: string): string => JSON.stringify([realm, hash]);
  return {
    ...tokens,
    findByHash: async (realm, hash) => {
      const token = await tokens.findByHash(realm, hash);
      return token && { ...token, uses: token.uses - (given.get(place(realm, hash)) ?? 0) };
    },
    release: async (realm, hash) => {
      const before = given.get(place(realm, hash)) ?? 0;
      await tick();
      given.set(place(realm, hash), before + 1);
    },
  };
};

/** Releases a use only for a usable token. */
export const sparesUseless: Flaw = (tokens) => ({
  ...tokens,
  release: async (realm, hash) => {
    const token = await tokens.findByHash(realm, hash);
    if (token !== undefined && token.uses < token.maxUses) await tokens.release(realm, hash);
  },
});

/** Releases nothing. */
export const givesNothingBack: Flaw = (tokens) => ({ ...tokens, release: async () => undefined });

/** Checks whether a place is free, and adds later, overwriting concurrent insertions. */
export const claimsPlaces: Flaw = (tokens) => ({
  ...tokens,
  insert: async (token) => {
    const { items } = await tokens.list(token.realm, { limit: 1_000 });
    if (items.some(({ id, hash }) => id === token.id || hash === token.hash)) return 'exists';
    await tick();
    await tokens.insert(token);
    return 'inserted';
  },
});

/** Accepts a token at the time of its expiry. */
export const expiresLate: Flaw = (tokens) => ({
  ...tokens,
  use: (realm, hash, now) => tokens.use(realm, hash, now - 1),
});

/** Counts uses of a revoked token. */
export const usesRevoked: Flaw = (tokens) => ({
  ...tokens,
  use: async (realm, hash, now) => {
    const token = await tokens.findByHash(realm, hash);
    const why = token && whyUnusable(token, now);
    return why === 'revoked' ? 'counted' : tokens.use(realm, hash, now);
  },
});

/** Replaces the time of a revocation by a later one. */
export const revokesAgain: Flaw = (tokens) => {
  const moments = new Map<string, number>();
  return {
    ...tokens,
    findByHash: async (realm, hash) => {
      const token = await tokens.findByHash(realm, hash);
      const revokedAt = token && moments.get(JSON.stringify([realm, token.id]));
      return token === undefined || revokedAt === undefined ? token : { ...token, revokedAt };
    },
    revoke: (realm, id, at) => {
      moments.set(JSON.stringify([realm, id]), at);
      return tokens.revoke(realm, id, at);
    },
  };
};

/** Does not find a used-up token. */
export const hidesSpent: Flaw = (tokens) => ({
  ...tokens,
  findByHash: async (realm, hash) => {
    const token = await tokens.findByHash(realm, hash);
    return token !== undefined && token.uses >= token.maxUses && token.maxUses > 0 ? undefined : token;
  },
});

/** Lists tokens by their hashes. */
export const listsByHash: Flaw = (tokens) => ({
  ...tokens,
  list: async (realm, { after = '', limit }) => {
    const { items } = await tokens.list(realm, { limit: 1_000 });
    const rest = items.filter(({ hash }) => hash > after).toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return last !== undefined && rest.length > limit ? { items: shown, next: last.hash } : { items: shown };
  },
});
