import { type Realm, realmSettings } from '@vestibule/core';
import { randomToken } from '@vestibule/http';
import { canonicalUsername, type StoredPerson } from '@vestibule/server';
import type { SqliteStores } from '@vestibule/sqlite';
import type { HashPassword } from '../password.ts';
import { Refused } from '../refused.ts';
import type { Seed } from './schema.ts';

/** The realm that there is when nobody described one: every gate closed, nobody in it. */
const EMPTY: Seed = { realm: { id: 'main', name: 'Vestibule' }, scopes: [], apis: [], people: [] };

export interface RealmChoice {
  readonly realm: Realm;
  /** Whether it was made just now. */
  readonly isNew: boolean;
}

/**
 * Finds the realm to serve: the one that the seed names, made from it where there is none yet; without a seed,
 * the one that the database has, or an empty one. A realm that is there is left as it is.
 *
 * @throws Refused where the realm belongs to another issuer, or the issuer to another realm
 */
export async function chooseRealm(
  { realms, people }: Pick<SqliteStores, 'realms' | 'people'>,
  issuer: string,
  seed: Seed | undefined,
  hashPassword: HashPassword,
): Promise<RealmChoice> {
  const known = await realms.list();
  const wanted = seed?.realm.id ?? known.find((realm) => realm.issuer === issuer)?.id ?? known[0]?.id;
  const found = known.find((realm) => realm.id === wanted);
  if (found !== undefined) {
    if (found.issuer === issuer) return { realm: found, isNew: false };
    throw new Refused(
      `The realm ${found.id} in this database has the issuer ${found.issuer}, and this start says ${issuer}.\n` +
        `Clients and tokens are bound to an issuer for good. Start with ISSUER=${found.issuer}, or with another DATABASE_URL.`,
    );
  }

  const description = seed ?? EMPTY;
  const realm = toRealm(description, issuer);
  // The realm comes last: while it is missing, the next start tries again, and people who are there already stay.
  for (const person of description.people) {
    await people.insert(await toPerson(realm.id, person, hashPassword));
  }
  if ((await realms.insert(realm)) === 'inserted') return { realm, isNew: true };
  const standing = (await realms.list()).find((other) => other.issuer === issuer);
  if (standing?.id === realm.id) return { realm: standing, isNew: false };
  throw new Refused(
    `The issuer ${issuer} belongs to the realm ${standing?.id} in this database, not to ${realm.id}.`,
  );
}

function toRealm({ realm: { id, name, settings }, scopes, apis }: Seed, issuer: string): Realm {
  return { id, name, issuer, settings: realmSettings(settings), scopes, apis };
}

async function toPerson(
  realm: string,
  { username, name, subject = randomToken(), password = '', passwordHash }: Seed['people'][number],
  hashPassword: HashPassword,
): Promise<StoredPerson> {
  const hash = passwordHash ?? (await hashPassword(password));
  return { realm, subject, username: canonicalUsername(username), name, passwordHash: hash };
}
