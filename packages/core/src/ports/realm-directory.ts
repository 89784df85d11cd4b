import type { Realm } from '../realm/realm.ts';

/** Knows the realms as they are now. Asked at every step, so that a change works at once. */
export interface RealmDirectory {
  find(id: string): Promise<Realm | undefined>;
  /**
   * Every realm that the same server serves, so that a client of one cannot pretend to be another. Asked for each registration.
   *
   * @default none: no realm has others beside it
   */
  list?(): Promise<readonly Realm[]>;
}
