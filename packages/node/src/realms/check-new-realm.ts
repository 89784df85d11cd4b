import { Refused } from '@vestibule/database';
import type { NewPerson, NewRealm } from './new-realm.ts';

type Names<T> = Readonly<Record<keyof T, true>>;

const REALM: Names<NewRealm> = { realm: true, scopes: true, apis: true, people: true, clients: true };
const ITSELF: Names<NewRealm['realm']> = { id: true, name: true, issuer: true, settings: true };
const SCOPE: Names<NonNullable<NewRealm['scopes']>[number]> = {
  name: true,
  description: true,
  openToDynamicClients: true,
};
const API: Names<NonNullable<NewRealm['apis']>[number]> = {
  id: true,
  name: true,
  resource: true,
  scopes: true,
  openToDynamicClients: true,
  dpop: true,
  pushedRequestsOnly: true,
  secretHashes: true,
};
const PERSON: Names<NewPerson> = { username: true, name: true, email: true, subject: true, password: true };

/**
 * Checks the names of all members of a realm to create. A misspelled `openToDynamicClients` would otherwise leave a gate closed
 * without a word.
 *
 * @throws Refused that names each unknown member
 */
export function checkNewRealm(realm: NewRealm, index: number): void {
  const { realm: itself, scopes = [], apis = [], people = [] } = realm;
  const place = `realms[${index}]`;
  const unknown = [
    ...unknownMembers(realm, REALM, place),
    ...unknownMembers(itself, ITSELF, `${place}.realm`),
    ...scopes.flatMap((scope, at) => unknownMembers(scope, SCOPE, `${place}.scopes[${at}]`)),
    ...apis.flatMap((api, at) => unknownMembers(api, API, `${place}.apis[${at}]`)),
    ...people.flatMap((person, at) => unknownMembers(person, PERSON, `${place}.people[${at}]`)),
  ];
  if (unknown.length > 0) throw new Refused(unknown.join('\n'));
}

const unknownMembers = (value: object, known: object, place: string): readonly string[] =>
  Object.keys(value)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => `${place} has no member ${name}. Its members are ${Object.keys(known).join(', ')}.`);
