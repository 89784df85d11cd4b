import type { RealmStore, StoredRealm } from '../ports/realm-store.ts';
import type { RealmRecord } from '../realm/realm.ts';
import { frozenCopy } from './frozen-copy.ts';
import { createJournal, type Journal } from './journal.ts';
import { promised, type Synchronous } from './promised.ts';

/** Stores realms in memory. For tests and examples. */
export const createMemoryRealmStore = (...initial: readonly RealmRecord[]): RealmStore =>
  promised(createRealmTable(createJournal(), initial));

/** Realms in memory. */
export function createRealmTable(
  journal: Journal,
  initial: readonly RealmRecord[] = [],
): Synchronous<RealmStore> {
  const realms = journal.map<StoredRealm>();
  const insert = (realm: RealmRecord): 'inserted' | 'exists' => {
    const taken = [...realms.values()].some(({ id, issuer }) => id === realm.id || issuer === realm.issuer);
    if (taken) return 'exists';
    realms.set(realm.id, frozenCopy({ ...realm, version: 1 }));
    return 'inserted';
  };
  for (const realm of initial) insert(realm);

  return {
    find: (id) => realms.get(id),
    list: () => [...realms.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    insert,
    replace: (next, expectedVersion) => {
      const current = realms.get(next.id);
      if (current === undefined) return 'missing';
      if (current.version !== expectedVersion) return 'stale';
      const { issuer } = current;
      realms.set(next.id, frozenCopy({ ...next, issuer, version: expectedVersion + 1 }));
      return 'replaced';
    },
  };
}
