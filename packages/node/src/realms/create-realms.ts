import {
  type AuditLog,
  canonicalUsername,
  type Clock,
  memberships,
  type PreregisteredClient,
} from '@vestibule/core';
import { recordedCommits } from '@vestibule/core/audit';
import { preregister, realmCreation } from '@vestibule/core/operator';
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
import type { Change, StoredPerson, Stores, Unmet } from '@vestibule/server';
import { hashPassword } from '../passwords.ts';
import type { SettingNames } from '../setting-names.ts';
import { type NewRealm, parseNewRealm } from './parse-new-realm.ts';

type RealmStores = Pick<Stores, 'realms' | 'people' | 'clients' | 'commit'>;

/** A realm with its permanent issuer. */
type Issued = Pick<Realm, 'id' | 'issuer'>;

/** How realms are created. */
interface RealmCreation {
  readonly clock: Clock;
  /** Where it is recorded what was created. */
  readonly audit: AuditLog;
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
  { clock, audit, names }: RealmCreation,
): Promise<void> {
  const realm: RealmRecord = { ...described, scopes, apis };
  const { id } = realm;
  if (!isNew(realm, await stores.realms.list(), names)) return;
  const whole = {
    realm,
    clients: await newClients(stores, clock, realm, clients),
    people: await newPeople(stores, id, people),
  };
  const { changes, events } = realmCreation(CONFIGURATION, whole, clock());
  const created = await commitCreation({ commit: stores.commit, audit }, changes, events);
  if (created.committed || !isNew(realm, await stores.realms.list(), names)) return;
  throw new Refused(
    `The realm ${id} cannot be created: the database has a client or a person of it (${created.unmet.kind}).\n` +
      'Start again; if that does not help, start with other ids, subjects and usernames.',
  );
}

/** Who creates the realms that a program starts with. */
const CONFIGURATION = { kind: 'configuration', id: 'realms' } as const;

const commitCreation = recordedCommits<Change, Unmet>();

/** The clients to add, without those that an earlier version stored before their realm. */
async function newClients(
  stores: RealmStores,
  clock: Clock,
  realm: RealmRecord,
  clients: RealmDocument['clients'],
): Promise<readonly PreregisteredClient[]> {
  const complete = completeRealm(realm);
  const registering = {
    realms: { find: async (): Promise<Realm> => complete },
    clock,
    generateToken: randomToken,
    hash: sha256,
  };
  const added: PreregisteredClient[] = [];
  for (const terms of clients) {
    await preregister(registering, realm.id, terms, async (client) => {
      if ((await stores.clients.find(realm.id, client.id)) !== undefined) return { outcome: 'exists' };
      added.push(client);
      return { outcome: 'inserted', client };
    });
  }
  return added;
}

/** The people to add, without those that an earlier version stored before their realm. */
async function newPeople(
  stores: RealmStores,
  realm: string,
  people: readonly PersonDocument[],
): Promise<readonly StoredPerson[]> {
  const added: StoredPerson[] = [];
  for (const person of people) {
    const known = await stores.people.findByUsername(realm, canonicalUsername(person.username));
    if (known === undefined) added.push(await toPerson(realm, person));
  }
  return added;
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
  { username, name, email, subject = randomToken(), groups = [], password, passwordHash }: PersonDocument,
): Promise<StoredPerson> {
  const hash = passwordHash ?? (typeof password === 'string' ? await hashPassword(password) : undefined);
  return {
    realm,
    subject,
    username: canonicalUsername(username),
    name,
    ...(hash !== undefined && { passwordHash: hash }),
    ...(email !== undefined && { email }),
    ...memberships({ groups }),
  };
}
