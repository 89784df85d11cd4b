import type { RealmRecord } from '../realm/realm.ts';

/** Returns the current realms. Called at every step, so that changes take effect at once. */
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
