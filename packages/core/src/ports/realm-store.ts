import type { RealmRecord } from '../realm/realm.ts';
import type { RealmDirectory } from './realm-directory.ts';

/** A realm as it is stored, with a version that grows with every change. */
export interface StoredRealm extends RealmRecord {
  readonly version: number;
}

/** Stores realms. Every method is atomic. */
export interface RealmStore extends RealmDirectory {
  find(id: string): Promise<StoredRealm | undefined>;
  /** All realms, ordered by id. */
  list(): Promise<readonly StoredRealm[]>;
  /** Adds a realm as version 1. Never overwrites: returns `exists` if its id or its issuer is in use. */
  insert(realm: RealmRecord): Promise<'inserted' | 'exists'>;
  /**
   * Replaces the realm with this id if it still has the version that the change is based on: of two concurrent changes one
   * is `stale`. The issuer cannot change, because clients and tokens are bound to it.
   */
  replace(next: RealmRecord, expectedVersion: number): Promise<'replaced' | 'stale' | 'missing'>;
}
