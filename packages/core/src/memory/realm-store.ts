import type { RealmStore } from '../ports/realm-store.ts';
import type { Realm } from '../realm/realm.ts';

/** Keeps realms while the process lives. For tests and first steps. */
export function createMemoryRealmStore(...initial: readonly Realm[]): RealmStore {
  const realms = new Map(initial.map((realm) => [realm.id, structuredClone(realm)]));
  return {
    find: async (id) => structuredClone(realms.get(id)),
    list: async () =>
      [...realms.values()].map((realm) => structuredClone(realm)).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    insert: async (realm) => {
      if (realms.has(realm.id)) return 'exists';
      realms.set(realm.id, structuredClone(realm));
      return 'inserted';
    },
    replace: async (realm) => {
      if (!realms.has(realm.id)) return 'missing';
      realms.set(realm.id, structuredClone(realm));
      return 'replaced';
    },
  };
}
