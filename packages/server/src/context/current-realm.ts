import { findRealm, type Realm, type RealmDirectory } from '@vestibule/core';

/** Which realm a server is for, and where it is found. */
export interface RealmContext {
  readonly realm: string;
  readonly issuer: string;
  readonly realms: RealmDirectory;
}

/**
 * The realm as it is now.
 *
 * @throws Error where it is gone, or has another issuer than this server: an outage, made under a running server
 */
export async function currentRealm({ realm: id, issuer, realms }: RealmContext): Promise<Realm> {
  const realm = await findRealm(realms, id);
  if (realm === undefined) throw new Error(`There is no realm ${id}.`);
  if (realm.issuer !== issuer) {
    throw new Error(`The realm ${id} has the issuer ${realm.issuer}, not ${issuer}.`);
  }
  return realm;
}
