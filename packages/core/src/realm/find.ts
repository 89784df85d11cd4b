import type { RealmDirectory } from '../ports/realm-directory.ts';
import type { Realm, RealmRecord } from './realm.ts';
import { withDefaultSettings } from './settings.ts';

/**
 * The realm as it is now, with the default of every setting that was not chosen. The same object as long as the directory
 * returns the same frozen record.
 */
export async function findRealm(realms: RealmDirectory, id: string): Promise<Realm | undefined> {
  const realm = await realms.find(id);
  return realm && completeRealm(realm);
}

/** Completed realms by their record; a completed realm is its own. */
const completed = new WeakMap<RealmRecord, Realm>();

/** A stored realm with the default of every setting that was not chosen. A frozen record is completed once. */
export function completeRealm(record: RealmRecord): Realm {
  const known = completed.get(record);
  if (known !== undefined) return known;
  const realm = Object.freeze({ ...record, settings: withDefaultSettings(record.settings) });
  // A record that is not frozen can be another realm at the next call.
  if (Object.isFrozen(record)) {
    completed.set(record, realm);
    completed.set(realm, realm);
  }
  return realm;
}
