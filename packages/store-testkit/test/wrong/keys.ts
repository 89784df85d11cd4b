import type { KeyStore } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';

type Flaw = (keys: KeyStore) => KeyStore;

/** Keys that can be taken out at any place, as far as whoever asks can see. */
function hiding(keys: KeyStore) {
  const hidden = new Set<string>();
  const isHidden = (realm: string, kid: string): boolean => hidden.has(JSON.stringify([realm, kid]));
  return {
    hide: (realm: string, kid: string) => void hidden.add(JSON.stringify([realm, kid])),
    isHidden,
    list: async (realm: string) => (await keys.list(realm)).filter(({ kid }) => !isHidden(realm, kid)),
  };
}

/** The newest key is removed like any other. */
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

/** Looks whether a key has a successor, then answers by that, and removes what is there by then. */
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

/** Waits whether the newest key gets a successor, and then removes it, whoever else does. */
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

/** Removes by the id alone. */
export const removesInEveryRealm: Flaw = (keys) => ({
  ...keys,
  remove: async (realm, kid) => {
    const answer = await keys.remove(realm, kid);
    for (const other of ['main', 'other']) await keys.remove(other, kid);
    return answer;
  },
});

/** Replaces the private half of whatever key has this id, in every realm. */
export const replacesInEveryRealm: Flaw = (keys) => ({
  ...keys,
  replacePrivateKey: async (realm, kid, privateKey) => {
    const answer = await keys.replacePrivateKey(realm, kid, privateKey);
    for (const other of ['main', 'other']) await keys.replacePrivateKey(other, kid, privateKey);
    return answer;
  },
});

/** Replaces the private half of the newest key, whichever is asked for. */
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

/** Says of every key that it was replaced. */
export const replacesNothing: Flaw = (keys) => ({
  ...keys,
  replacePrivateKey: async (realm, kid, privateKey) => {
    await keys.replacePrivateKey(realm, kid, privateKey);
    return 'replaced';
  },
});
