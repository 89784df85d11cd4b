import { canonicalUsername, type Client, type Clock } from '@vestibule/core';
import { preregister } from '@vestibule/core/operator';
import {
  completeRealm,
  type PersonDocument,
  problemLine,
  type Realm,
  type RealmDocument,
  type RealmRecord,
  within,
} from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import type { StoredPerson, Stores } from '@vestibule/server';
import { hashPassword } from '../passwords.ts';
import type { SettingNames } from '../setting-names.ts';
import { type NewRealm, parseNewRealm } from './parse-new-realm.ts';

type RealmStores = Pick<Stores, 'realms' | 'people' | 'clients'>;

/** A realm with its permanent issuer. */
type Issued = Pick<Realm, 'id' | 'issuer'>;

/** How realms are created. */
interface RealmCreation {
  readonly clock: Clock;
  /** What messages call the settings. */
  readonly names: SettingNames;
}

/**
 * Creates the realms that the stores do not have. A realm that exists is not changed. If one is refused, none is created.
 *
 * @throws Refused if a realm is invalid or exists with another issuer, or an issuer belongs to another realm
 */
export async function createRealms(
  stores: RealmStores,
  newRealms: readonly NewRealm[],
  creation: RealmCreation,
): Promise<void> {
  const documents: RealmDocument[] = [];
  for (const [index, newRealm] of newRealms.entries()) documents.push(await readRealm(newRealm, index));
  const known: Issued[] = [...(await stores.realms.list())];
  for (const { realm } of documents) if (isNew(realm, known, creation.names)) known.push(realm);
  for (const document of documents) await createRealm(stores, document, creation);
}

/**
 * Checks that a database with realms has one with the configured issuer: a typo in it would otherwise go unnoticed.
 *
 * @throws Refused with the issuer that the database has
 */
export async function requireIssuer(
  { realms }: Pick<Stores, 'realms'>,
  issuer: string,
  names: SettingNames,
): Promise<void> {
  const all = await realms.list();
  const [first] = all;
  if (first === undefined || all.some((realm) => realm.issuer === issuer)) return;
  throw new Refused(otherIssuer(first, issuer, names));
}

/** @throws Refused that names each unknown or invalid member */
async function readRealm(newRealm: NewRealm, index: number): Promise<RealmDocument> {
  const parsed = await parseNewRealm(newRealm, newRealm.realm.issuer);
  if (parsed.ok) return parsed.value;
  throw new Refused(within(['realms', index], parsed.problems).map(problemLine).join('\n'));
}

async function createRealm(
  stores: RealmStores,
  { realm: described, scopes, apis, people, clients }: RealmDocument,
  { clock, names }: RealmCreation,
): Promise<void> {
  const realm: RealmRecord = { ...described, scopes, apis };
  const { id } = realm;
  if (!isNew(realm, await stores.realms.list(), names)) return;
  // The realm is stored last: until then the next start tries again, and keeps the records that exist.
  const complete = completeRealm(realm);
  const registering = {
    realms: { find: async (): Promise<Realm> => complete },
    clock,
    generateToken: randomToken,
    hash: sha256,
  };
  const insert = async (client: Client): Promise<boolean> =>
    (await stores.clients.insert(client)).outcome === 'inserted';
  for (const terms of clients) await preregister(registering, id, terms, insert);
  for (const person of people) await stores.people.insert(await toPerson(id, person));
  // If another node has stored the realm in the meantime, that one counts.
  if ((await stores.realms.insert(realm)) === 'exists') isNew(realm, await stores.realms.list(), names);
}

/**
 * Whether a realm has to be created.
 *
 * @throws Refused if it exists with another issuer, or its issuer belongs to another realm
 */
function isNew({ id, issuer }: Issued, known: readonly Issued[], names: SettingNames): boolean {
  const same = known.find((realm) => realm.id === id);
  if (same !== undefined && same.issuer !== issuer) throw new Refused(otherIssuer(same, issuer, names));
  const owner = known.find((realm) => realm.issuer === issuer);
  if (owner !== undefined && owner.id !== id) {
    throw new Refused(
      `The issuer ${issuer} belongs to the realm ${owner.id} in this database, not to ${id}.\n` +
        `Start without ${names.realms}, or with another ${names.database}.`,
    );
  }
  return same === undefined;
}

const otherIssuer = (realm: Issued, issuer: string, names: SettingNames): string =>
  `The realm ${realm.id} in this database has the issuer ${realm.issuer}, but this start uses ${issuer}.\n` +
  'Clients and tokens are permanently bound to an issuer. ' +
  `Start with ${names.useIssuer(realm.issuer, issuer)}, or with another ${names.database}.`;

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
