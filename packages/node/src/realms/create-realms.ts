import { judgeTerms, preregister, type Realm, realmSettings } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import { canonicalUsername, type StoredPerson, type Stores } from '@vestibule/server';
import { hashPassword } from '../passwords.ts';
import { checkNewRealm } from './check-new-realm.ts';
import type { NewPerson, NewRealm } from './new-realm.ts';

/**
 * Creates the realms that the stores do not have. A realm that exists is not changed.
 *
 * @throws Refused if a realm has an unknown member, a realm exists with another issuer, an issuer belongs to another realm, or a client's terms are not accepted
 */
export async function createRealms(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  realms: readonly NewRealm[],
): Promise<void> {
  realms.forEach(checkNewRealm);
  for (const realm of realms) await createRealm(stores, realm);
}

async function createRealm(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  { realm: described, scopes = [], apis = [], people = [], clients = [] }: NewRealm,
): Promise<void> {
  const { id, name, issuer } = described;
  const realm: Realm = { id, name, issuer, settings: realmSettings(described.settings), scopes, apis };
  if (await exists(stores, realm)) return;
  for (const [index, terms] of clients.entries()) {
    const refused = judgeTerms(terms, realm);
    if (refused === undefined) continue;
    throw new Refused(`The realm ${id} is invalid: clients[${index}].${refused.member}: ${refused.problem}`);
  }
  // The realm is stored last: until then the next start tries again, and keeps the records that exist.
  const ofRealm = { find: async (): Promise<Realm> => realm };
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
async function exists({ realms }: Pick<Stores, 'realms'>, { id, issuer }: Realm): Promise<boolean> {
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
  { username, name, email, subject = randomToken(), password }: NewPerson,
): Promise<StoredPerson> {
  return {
    realm,
    subject,
    username: canonicalUsername(username),
    name,
    passwordHash: await hashPassword(password),
    ...(email !== undefined && { email }),
  };
}
