import { findRealm, type Realm, type RealmStore } from '@vestibule/core';
import { quoted } from '../output/harmless.ts';
import { Refused, WrongUsage } from '../errors/refused.ts';

/** The option that names the realm. */
export interface RealmOption {
  readonly realm?: string;
}

/**
 * The realm of this id; without one, the only realm that there is.
 *
 * @returns `undefined` where there is none at all
 * @throws Refused where there is none of this id
 * @throws WrongUsage where there are several and none was named
 */
export async function chooseRealm(realms: RealmStore, id: string | undefined): Promise<Realm | undefined> {
  const ids = (await realms.list()).map((realm) => realm.id);
  if (id === undefined && ids.length > 1) {
    throw new WrongUsage(`There are the realms ${ids.join(', ')}; --realm names one of them.`);
  }
  const chosen = id ?? ids[0];
  const realm = chosen === undefined ? undefined : await findRealm(realms, chosen);
  if (realm === undefined && id !== undefined) {
    const known = ids.length === 0 ? 'There is none at all.' : `There is ${ids.join(', ')}.`;
    throw new Refused(`There is no realm ${quoted(id)} here. ${known}`);
  }
  return realm;
}
