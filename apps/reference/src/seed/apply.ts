import {
  canonicalUsername,
  completeRealm,
  type PersonDocument,
  type Realm,
  type RealmDirectory,
  type RealmDocument,
  type RealmRecord,
} from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { randomToken } from '@vestibule/http';
import type { HashPassword } from '@vestibule/node';
import type { StoredPerson, Stores } from '@vestibule/server';
import { type Config, defaultIssuer } from '@vestibule/node/environment';
import { makeClients } from './clients.ts';
import type { DescribedRealm } from './read.ts';

/** The realm that is served, but not stored, if no seed describes one: all gates are closed, and it has no people. */
const emptyRealm = (issuer: string): Realm =>
  completeRealm({ id: 'main', name: 'Vestibule', issuer, settings: {}, scopes: [], apis: [] });

/** The origin of a realm: created from a seed at this start, read from the database, or the empty realm. */
export type RealmOrigin = 'seed' | 'database' | 'nowhere';

/** The realm to serve. */
interface ChosenRealm {
  readonly realm: Realm;
  readonly origin: RealmOrigin;
  /** Finds the realm. */
  readonly realms: RealmDirectory;
}

export interface RealmChoice extends ChosenRealm {
  /** The other realms in the database, each at an issuer of its own. */
  readonly others: readonly Realm[];
}

/**
 * Finds the realms to serve: the main one, which is the realm with the app's own issuer if one exists, and all others that the
 * database has or a seed describes.
 *
 * @throws Refused if a realm belongs to another issuer, or an issuer to another realm
 */
export async function chooseRealms(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  config: Pick<Config, 'issuer'>,
  described: readonly DescribedRealm[],
  hashPassword: HashPassword,
): Promise<RealmChoice> {
  const isKnown = (await stores.realms.list()).some(({ issuer }) => issuer === config.issuer);
  const main =
    described.find(({ issuer }) => issuer === config.issuer) ?? (isKnown ? undefined : described[0]);
  for (const other of described) {
    if (other !== main) await chooseRealm(stores, other, other.document, hashPassword);
  }
  const choice = await chooseRealm(stores, main ?? config, main?.document, hashPassword);
  const all = await stores.realms.list();
  return { ...choice, others: all.filter(({ id }) => id !== choice.realm.id).map(completeRealm) };
}

/**
 * Finds a realm to serve: the one that the seed names, created from the seed if it does not exist; without a seed, the one in the
 * database, or an empty one. An existing realm is not changed.
 *
 * @throws Refused if the realm belongs to another issuer, or the issuer to another realm
 */
async function chooseRealm(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  { issuer }: Pick<Config, 'issuer'>,
  seed: RealmDocument | undefined,
  hashPassword: HashPassword,
): Promise<ChosenRealm> {
  const { realms } = stores;
  const known = await realms.list();
  const wanted = seed?.realm.id ?? known.find((realm) => realm.issuer === issuer)?.id ?? known[0]?.id;
  const found = known.find((realm) => realm.id === wanted);
  if (found !== undefined) {
    if (found.issuer === issuer) return { realm: completeRealm(found), origin: 'database', realms };
    throw new Refused(issuerMismatch(found, issuer));
  }
  if (seed === undefined) {
    const realm = emptyRealm(issuer);
    return {
      realm,
      origin: 'nowhere',
      realms: { find: async (id) => (id === realm.id ? realm : undefined) },
    };
  }
  // Checked before anything is written, so that a refused start stores nothing.
  const owner = known.find((realm) => realm.issuer === issuer);
  if (owner !== undefined) throw new Refused(realmMismatch(owner.id, issuer, seed.realm.id));
  return { ...(await makeRealm(stores, seed, hashPassword)), realms };
}

async function makeRealm(
  stores: Pick<Stores, 'realms' | 'people' | 'clients'>,
  seed: RealmDocument,
  hashPassword: HashPassword,
): Promise<Pick<ChosenRealm, 'realm' | 'origin'>> {
  const { realms, people } = stores;
  const realm = toRecord(seed);
  // The realm is stored last: until then the next start tries again, and keeps the records that exist.
  await makeClients(stores, realm, seed.clients);
  for (const person of seed.people) await people.insert(await toPerson(realm.id, person, hashPassword));
  if ((await realms.insert(realm)) === 'inserted') return { realm: completeRealm(realm), origin: 'seed' };
  // Another node has stored the realm first, perhaps with other settings.
  const known = await realms.list();
  const same = known.find(({ id }) => id === realm.id);
  if (same?.issuer === realm.issuer) return { realm: completeRealm(same), origin: 'database' };
  if (same !== undefined) throw new Refused(issuerMismatch(same, realm.issuer));
  const owner = known.find(({ issuer }) => issuer === realm.issuer);
  throw new Refused(realmMismatch(owner?.id ?? 'another', realm.issuer, realm.id));
}

const realmMismatch = (owner: string, issuer: string, wanted: string): string =>
  `The issuer ${issuer} belongs to the realm ${owner} in this database, not to ${wanted}.\n` +
  'Start without SEED, or with another DATABASE_URL.';

function issuerMismatch(realm: RealmRecord, issuer: string): string {
  const [itsPort, port] = [realm.issuer, issuer].map((one) => URL.parse(one)?.port ?? '');
  const isDefault = realm.issuer === defaultIssuer(Number(itsPort)) && issuer === defaultIssuer(Number(port));
  return (
    `The realm ${realm.id} in this database has the issuer ${realm.issuer}, but this start uses ${issuer}.\n` +
    'Clients and tokens are permanently bound to an issuer. ' +
    `Start with ${isDefault ? `PORT=${itsPort}` : `ISSUER=${realm.issuer}`}, or with another DATABASE_URL.`
  );
}

const toRecord = ({ realm, scopes, apis }: RealmDocument): RealmRecord => ({ ...realm, scopes, apis });

async function toPerson(
  realm: string,
  { username, name, email, subject = randomToken(), password, passwordHash }: PersonDocument,
  hashPassword: HashPassword,
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
