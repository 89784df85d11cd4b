import type { RealmDirectory } from '../ports/realm-directory.ts';
import type { Realm, RealmRecord } from './realm.ts';
import { withDefaultSettings } from './settings.ts';

/** The realm as it is now, with the default of every setting that was not chosen. */
export async function findRealm(realms: RealmDirectory, id: string): Promise<Realm | undefined> {
  const realm = await realms.find(id);
  return realm && completeRealm(realm);
}

/** A stored realm with the default of every setting that was not chosen. */
export const completeRealm = (realm: RealmRecord): Realm => ({
  ...realm,
  settings: withDefaultSettings(realm.settings),
});
