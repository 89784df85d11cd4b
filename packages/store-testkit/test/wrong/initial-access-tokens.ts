import { type InitialAccessTokenStore, whyUnusable } from '@vestibule/core';
import { setImmediate as tick } from 'node:timers/promises';

type Flaw = (tokens: InitialAccessTokenStore) => InitialAccessTokenStore;

/** Looks how many uses are left, then counts one, and believes that nobody came between. */
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

/** Looks how many uses there were, then takes one back, and believes that nobody came between. */
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

/** A use is given back only to a token that can be used. */
export const sparesUseless: Flaw = (tokens) => ({
  ...tokens,
  release: async (realm, hash) => {
    const token = await tokens.findByHash(realm, hash);
    if (token !== undefined && token.uses < token.maxUses) await tokens.release(realm, hash);
  },
});

/** Nothing is given back. */
export const givesNothingBack: Flaw = (tokens) => ({ ...tokens, release: async () => undefined });

/** Looks, then adds, and believes that nobody came between. */
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

/** A token can be used at the moment at which it expires. */
export const expiresLate: Flaw = (tokens) => ({
  ...tokens,
  use: (realm, hash, now) => tokens.use(realm, hash, now - 1),
});

/** A token that was revoked is counted on. */
export const usesRevoked: Flaw = (tokens) => ({
  ...tokens,
  use: async (realm, hash, now) => {
    const token = await tokens.findByHash(realm, hash);
    const why = token && whyUnusable(token, now);
    return why === 'revoked' ? 'counted' : tokens.use(realm, hash, now);
  },
});

/** The last moment at which a token was revoked stands. */
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

/** A token that is spent is not found any more. */
export const hidesSpent: Flaw = (tokens) => ({
  ...tokens,
  findByHash: async (realm, hash) => {
    const token = await tokens.findByHash(realm, hash);
    return token !== undefined && token.uses >= token.maxUses && token.maxUses > 0 ? undefined : token;
  },
});

/** Tokens are listed by their hashes. */
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
