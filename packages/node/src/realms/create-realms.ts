import {
  completeRealm,
  type PersonDocument,
  preregister,
  type Realm,
  type RealmDocument,
  type RealmRecord,
} from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import { canonicalUsername, type StoredPerson, type Stores } from '@vestibule/server';
import { hashPassword } from '../passwords.ts';
import type { NewRealm } from './new-realm.ts';
import { readNewRealm } from './read-new-realm.ts';

/**
 * Creates the realms that the stores do not have. A realm that exists is not changed.
 *
 * @throws Refused if a realm is invalid or exists with another issuer, or an issuer belongs to another realm
 */
export async function createRealms(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  realms: readonly NewRealm[],
): Promise<void> {
  const documents = realms.map(readNewRealm);
  for (const document of documents) await createRealm(stores, document);
}

async function createRealm(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  { realm: described, scopes, apis, people, clients }: RealmDocument,
): Promise<void> {
  const realm: RealmRecord = { ...described, scopes, apis };
  const { id } = realm;
  if (await exists(stores, realm)) return;
  // The realm is stored last: until then the next start tries again, and keeps the records that exist.
  const complete = completeRealm(realm);
  const ofRealm = { find: async (): Promise<Realm> => complete };
  const registering = {
    realms: ofRealm,
    clients: stores.clients,
    clock: Date.now,
    generateToken: randomToken,
    hash: sha256,
  };
  for (const terms of clients) await preregister(registering, id, terms);
  for (const person of people) await stores.people.insert(await toPerson(id, person));
  // If another node has stored the realm in the meantime, that one counts.
  if ((await stores.realms.insert(realm)) === 'exists') await exists(stores, realm);
}

/** Whether the realm exists, with this issuer. */
async function exists(
  { realms }: Pick<Stores, 'realms'>,
  { id, issuer }: Pick<Realm, 'id' | 'issuer'>,
): Promise<boolean> {
  const all = await realms.list();
  const same = all.find((realm) => realm.id === id);
  if (same !== undefined && same.issuer !== issuer) {
    throw new Refused(
      `The realm ${id} in this database has the issuer ${same.issuer}, not ${issuer}. Clients and tokens are permanently bound to an issuer. Use this issuer, or another database.`,
    );
  }
  const owner = all.find((realm) => realm.issuer === issuer);
  if (owner !== undefined && owner.id !== id) {
    throw new Refused(
      `The issuer ${issuer} belongs to the realm ${owner.id} in this database, not to ${id}. Use another issuer, or another database.`,
    );
  }
  return same !== undefined;
}

async function toPerson(
  realm: string,
  { username, name, email, subject = randomToken(), password, passwordHash }: PersonDocument,
): Promise<StoredPerson> {
  const hash = passwordHash ?? (typeof password === 'string' ? await hashPassword(password) : undefined);
  return {
    realm,
    subject,
    username: canonicalUsername(username),
    name,
    ...(hash !== undefined && { passwordHash: hash }),
    ...(email !== undefined && { email }),
  };
}
