import type { RealmDirectory } from '../ports/realm-directory.ts';
import type { Realm } from '../realm/realm.ts';

/** Realms that can be changed at any time with `set`. For tests and first steps. */
export interface MemoryRealmDirectory extends RealmDirectory {
  set(realm: Realm): void;
}

export function createMemoryRealmDirectory(...initial: readonly Realm[]): MemoryRealmDirectory {
  const realms = new Map(initial.map((realm) => [realm.id, realm]));
  return {
    set: (realm) => void realms.set(realm.id, realm),
    find: async (id) => structuredClone(realms.get(id)),
  };
}
