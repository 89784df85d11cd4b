import type { Realm } from '../realm/realm.ts';
import type { RealmDirectory } from './realm-directory.ts';

/** A realm as it is kept: with a number that grows with every change. */
export interface StoredRealm extends Realm {
  readonly version: number;
}

/** Keeps realms. Every method is atomic. */
export interface RealmStore extends RealmDirectory {
  find(id: string): Promise<StoredRealm | undefined>;
  /** Every realm, by id. */
  list(): Promise<readonly StoredRealm[]>;
  /** Adds a realm as version 1. Never overwrites: `exists` where its id or its issuer is taken. */
  insert(realm: Realm): Promise<'inserted' | 'exists'>;
  /**
   * Puts a realm in the place of the one of this id, if that still has the version that the change was made from:
   * of two changes at once one is `stale`. The issuer stays what it is; clients and tokens are bound to it.
   */
  replace(next: Realm, expectedVersion: number): Promise<'replaced' | 'stale' | 'missing'>;
}
