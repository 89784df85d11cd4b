import { parseRealmDocument, problemLine, type RealmDocument, within } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import type { NewRealm } from './new-realm.ts';

/**
 * Reads a realm to create, by the rules of a seed file: a misspelled `openToDynamicClients` would otherwise leave a gate closed
 * without a word.
 *
 * @param index its place among the realms to create, for messages
 * @throws Refused that names each unknown or invalid member
 */
export function readNewRealm(realm: NewRealm, index: number): RealmDocument {
  const parsed = parseRealmDocument(realm, realm.realm.issuer);
  if (parsed.ok) return parsed.value;
  throw new Refused(within(['realms', index], parsed.problems).map(problemLine).join('\n'));
}
