import type { Realm } from '../realm/realm.ts';
import type { RealmDirectory } from './realm-directory.ts';

/** Keeps realms. Every method is atomic. */
export interface RealmStore extends RealmDirectory {
  /** Every realm, by id. */
  list(): Promise<readonly Realm[]>;
  /** Adds a realm. Never overwrites. */
  insert(realm: Realm): Promise<'inserted' | 'exists'>;
  /** Puts a realm, with its settings, APIs and scopes, in the place of the one of this id. */
  replace(realm: Realm): Promise<'replaced' | 'missing'>;
}
