import type { RealmStore, StoredRealm } from '../ports/realm-store.ts';
import type { RealmRecord } from '../realm/realm.ts';
import { frozenCopy } from './frozen-copy.ts';

/** Stores realms in memory. For tests and examples. */
export function createMemoryRealmStore(...initial: readonly RealmRecord[]): RealmStore {
  const realms = new Map<string, StoredRealm>();
  const insert = (realm: RealmRecord): 'inserted' | 'exists' => {
    const taken = [...realms.values()].some(({ id, issuer }) => id === realm.id || issuer === realm.issuer);
    if (taken) return 'exists';
    realms.set(realm.id, frozenCopy({ ...realm, version: 1 }));
    return 'inserted';
  };
  for (const realm of initial) insert(realm);

  return {
    find: async (id) => realms.get(id),
    list: async () => [...realms.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    insert: async (realm) => insert(realm),
    replace: async (next, expectedVersion) => {
      const current = realms.get(next.id);
      if (current === undefined) return 'missing';
      if (current.version !== expectedVersion) return 'stale';
      const { issuer } = current;
      realms.set(next.id, frozenCopy({ ...next, issuer, version: expectedVersion + 1 }));
      return 'replaced';
    },
  };
}
