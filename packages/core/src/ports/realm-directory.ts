import type { Realm } from '../realm/realm.ts';

/** Knows the realms as they are now. Asked at every step, so that a change works at once. */
export interface RealmDirectory {
  find(id: string): Promise<Realm | undefined>;
}
