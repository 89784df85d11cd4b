import type { RealmDirectory } from '../ports/realm-directory.ts';
import type { Realm } from './realm.ts';
import { realmSettings } from './settings.ts';

/** The realm as it is now. A setting that is newer than what was stored has its default. */
export async function findRealm(realms: RealmDirectory, id: string): Promise<Realm | undefined> {
  const realm = await realms.find(id);
  return realm && { ...realm, settings: realmSettings(realm.settings) };
}
