import type { RealmRecord } from '../realm/realm.ts';

/**
 * Returns the current realms. Called at every step, so that changes take effect at once.
 *
 * A directory that returns the same object, frozen in depth, until a realm changes saves work: what depends on the realm
 * alone is then computed once for each change.
 */
export interface RealmDirectory {
  find(id: string): Promise<RealmRecord | undefined>;
  /**
   * All realms that the same server serves, so that a client of one cannot impersonate another. Called for each
   * registration.
   *
   * @default no other realms
   */
  list?(): Promise<readonly RealmRecord[]>;
}
