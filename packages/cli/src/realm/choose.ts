import type { RealmStore } from '@vestibule/core';
import { findRealm, type Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import { quoted } from '../output/harmless.ts';
import { WrongUsage } from '../options/wrong-usage.ts';

/** The option that names the realm. */
export interface RealmOption {
  readonly realm?: string;
}

/**
 * The realm with this id, or the only realm of the database if no id is given.
 *
 * @returns `undefined` if no id is given and the database has no realm
 * @throws Refused if no realm has this id
 * @throws WrongUsage if no id is given and the database has several realms
 */
export async function chooseRealm(realms: RealmStore, id: string | undefined): Promise<Realm | undefined> {
  const ids = (await realms.list()).map((realm) => realm.id);
  if (id === undefined && ids.length > 1) {
    throw new WrongUsage(`The database has several realms: ${ids.join(', ')}. Choose one with --realm.`);
  }
  const chosen = id ?? ids[0];
  const realm = chosen === undefined ? undefined : await findRealm(realms, chosen);
  if (realm === undefined && id !== undefined) {
    const known = ids.length === 0 ? 'It has none yet.' : `It has: ${ids.join(', ')}.`;
    throw new Refused(`The database has no realm ${quoted(id)}. ${known}`);
  }
  return realm;
}
