import type { RealmDirectory } from '@vestibule/core';
import { findRealm, type Realm } from '@vestibule/core/realm';

/** The realm of a server, and where it is found. */
export interface RealmContext {
  readonly realm: string;
  readonly issuer: string;
  readonly realms: RealmDirectory;
}

/**
 * The current realm.
 *
 * @throws Error if it was deleted, or has another issuer than this server: an outage, caused by a change while the server
 * runs
 */
export async function currentRealm({ realm: id, issuer, realms }: RealmContext): Promise<Realm> {
  const realm = await findRealm(realms, id);
  if (realm === undefined) throw new Error(`There is no realm ${id}.`);
  if (realm.issuer !== issuer) {
    throw new Error(`The realm ${id} has the issuer ${realm.issuer}, not ${issuer}.`);
  }
  return realm;
}
