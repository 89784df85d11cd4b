import type { RealmStore, StoredRealm } from '@vestibule/core';
import type { Synchronous } from '@vestibule/core/memory';
import type { Ledger } from './ledger.ts';
import { createTable } from './table.ts';

/** Realms. */
export function createRealms(ledger: Ledger): Synchronous<RealmStore> {
  const realms = createTable<StoredRealm>(
    ledger,
    'realms',
    ({ id }) => [id],
    (realm, other) => realm.issuer === other.issuer,
  );
  return {
    find: realms.find,
    list: () => realms.all().toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    insert: (realm) => realms.insert({ ...realm, version: 1 }),
    replace: (next, expectedVersion) => {
      const current = realms.find(next.id);
      if (current === undefined) return 'missing';
      if (current.version !== expectedVersion) return 'stale';
      realms.set({ ...next, issuer: current.issuer, version: expectedVersion + 1 });
      return 'replaced';
    },
  };
}
