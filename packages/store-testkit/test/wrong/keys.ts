import type { KeyStore } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';

type Flaw = (keys: KeyStore) => KeyStore;

/** Hides keys at any place from the caller. */
function hiding(keys: KeyStore) {
  const hidden = new Set<string>();
  const isHidden = (realm: string, kid: string): boolean => hidden.has(JSON.stringify([realm, kid]));
  return {
    hide: (realm: string, kid: string) => void hidden.add(JSON.stringify([realm, kid])),
    isHidden,
    list: async (realm: string) => (await keys.list(realm)).filter(({ kid }) => !isHidden(realm, kid)),
  };
}

/** Removes the newest key like any other. */
export const removesNewest: Flaw = (keys) => {
  const { hide, list } = hiding(keys);
  return {
    ...keys,
    list,
    remove: async (realm, kid) => {
      const answer = await keys.remove(realm, kid);
      if (answer !== 'newest') return answer;
      hide(realm, kid);
      return 'removed';
    },
  };
};

/** Checks whether a key has a successor, returns that, and later removes whatever exists. */
export const looksThenRemoves: Flaw = (keys) => {
  const { hide, isHidden, list } = hiding(keys);
  return {
    ...keys,
    list,
    remove: async (realm, kid) => {
      const known = await list(realm);
      await tick();
      if (known[0]?.kid === kid) return 'newest';
      if (known.every((key) => key.kid !== kid)) return 'missing';
      if (!isHidden(realm, kid)) hide(realm, kid);
      return 'removed';
    },
  };
};

/** Waits until the newest key has a successor, and then removes it regardless of concurrent removals. */
export const waitsThenRemoves: Flaw = (keys) => {
  const { hide, list } = hiding(keys);
  return {
    ...keys,
    list,
    remove: async (realm, kid) => {
      if ((await list(realm))[0]?.kid !== kid) return keys.remove(realm, kid);
      await tick();
      if ((await list(realm))[0]?.kid === kid) return 'newest';
      hide(realm, kid);
      return 'removed';
    },
  };
};

/** Removes by the id without the realm. */
export const removesInEveryRealm: Flaw = (keys) => ({
  ...keys,
  remove: async (realm, kid) => {
    const answer = await keys.remove(realm, kid);
    for (const other of ['main', 'other']) await keys.remove(other, kid);
    return answer;
  },
});

/** Replaces the private key of the key with this id in every realm. */
export const replacesInEveryRealm: Flaw = (keys) => ({
  ...keys,
  replacePrivateKey: async (realm, kid, privateKey) => {
    const answer = await keys.replacePrivateKey(realm, kid, privateKey);
    for (const other of ['main', 'other']) await keys.replacePrivateKey(other, kid, privateKey);
    return answer;
  },
});

/** Replaces the private key of the newest key, whichever is given. */
export const replacesNewest: Flaw = (keys) => ({
  ...keys,
  replacePrivateKey: async (realm, kid, privateKey) => {
    const known = await keys.list(realm);
    const [newest] = known;
    return newest === undefined || known.every((key) => key.kid !== kid)
      ? 'missing'
      : keys.replacePrivateKey(realm, newest.kid, privateKey);
  },
});

/** Reports every key as replaced. */
export const replacesNothing: Flaw = (keys) => ({
  ...keys,
  replacePrivateKey: async (realm, kid, privateKey) => {
    await keys.replacePrivateKey(realm, kid, privateKey);
    return 'replaced';
  },
});
