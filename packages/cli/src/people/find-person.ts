import { canonicalUsername, type KnownPerson } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { quoted } from '../output/harmless.ts';
import type { RealmContext } from '../realm/in-realm.ts';

/**
 * The person with this username or, if there is none, with this subject.
 *
 * @throws Refused if neither exists
 */
export async function findPerson(
  { stores: { people }, realm }: Pick<RealmContext, 'stores' | 'realm'>,
  name: string,
): Promise<KnownPerson> {
  const found =
    (await people.findByUsername(realm.id, canonicalUsername(name))) ??
    (await people.findBySubject(realm.id, name));
  if (found === undefined) throw unknownPerson(realm.id, name);
  return found;
}

export const unknownPerson = (realm: string, name: string): Refused =>
  new Refused(`The realm ${realm} has no person with the username or subject ${quoted(name)}.`);
