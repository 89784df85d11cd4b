import type { ProviderTokenStore, StoredProviderTokens, Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { setImmediate as tick } from 'node:timers/promises';

/** All flaws of a store for the tokens of a provider. Without a flaw it is correct. */
export type ProviderTokenFlaw =
  | 'overwrites'
  | 'reads, then writes'
  | 'forgets the realm'
  | 'lists only unknown grants'
  | 'lists grants of other realms'
  | 'lists without a limit'
  | 'keeps what was removed'
  | 'removes every version';

/** Stores in memory, with a store for the tokens of a provider that may have one flaw. */
export function storesWithProviderTokens(flaw?: ProviderTokenFlaw): Stores {
  const stores = createMemoryStores();
  const { providerTokens: right, grants } = stores;
  if (right === undefined) throw new Error('The stores in memory have the tokens of a provider.');
  const realmOf = (realm: string): string => (flaw === 'forgets the realm' ? 'main' : realm);
  const isKnown = async ({ realm, grantId }: StoredProviderTokens): Promise<boolean> =>
    (await grants.find(realm, grantId)) !== undefined ||
    (await grants.findUnopened(realm, grantId)) !== undefined;
  const providerTokens: ProviderTokenStore = {
    put: async (tokens) => {
      if (flaw === 'overwrites') {
        const { realm, grantId } = tokens;
        await right.remove(realm, grantId, (await right.find(realm, grantId))?.version ?? 0);
        for (let version = 1; version < tokens.version; version += 1) await right.put({ ...tokens, version });
      }
      if (flaw === 'reads, then writes') {
        const found = await right.find(tokens.realm, tokens.grantId);
        if ((found?.version ?? 0) !== tokens.version - 1) return 'conflict';
        await tick();
        await right.put(tokens);
        return 'stored';
      }
      return right.put({ ...tokens, realm: realmOf(tokens.realm) });
    },
    find: (realm, grantId) => right.find(realmOf(realm), grantId),
    listOrphaned: async (realm, now, limit) => {
      const most = flaw === 'lists without a limit' ? Infinity : limit;
      const own = await right.listOrphaned(realm, now, most);
      if (flaw === 'lists grants of other realms') {
        return [...own, ...(await right.listOrphaned('other', now, most))];
      }
      if (flaw !== 'lists only unknown grants') return own;
      const known = await Promise.all(own.map(isKnown));
      return own.filter((_, index) => known[index] !== true);
    },
    remove: async (realm, grantId, version) => {
      const found = flaw === 'removes every version' ? await right.find(realm, grantId) : undefined;
      if (flaw !== 'keeps what was removed') {
        await right.remove(realmOf(realm), grantId, found?.version ?? version);
      }
    },
  };
  return { ...stores, providerTokens };
}
