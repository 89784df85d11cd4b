import { expect, test } from 'vitest';
import { checkNewRealm } from './check-new-realm.ts';

const scope = { name: 'notes:read', description: 'Read your notes', openToDynamicClients: true };
const api = {
  id: 'notes',
  name: 'Notes',
  resource: 'https://a.example',
  scopes: [],
  openToDynamicClients: true,
};
const person = { username: 'ada', name: 'Ada', password: 'a horse of her own' };
const realm = { id: 'main', name: 'Main', issuer: 'https://id.example' };

test('accepts a realm with all its parts', () => {
  expect(() => checkNewRealm({ realm, scopes: [scope], apis: [api], people: [person] }, 0)).not.toThrow();
});

test.each([
  ['realms[0] has no member scope.', { realm, scope: [] }],
  ['realms[0].realm has no member setings.', { realm: { ...realm, setings: {} } }],
  ['realms[0].scopes[1] has no member open.', { realm, scopes: [scope, { ...scope, open: true }] }],
  [
    'realms[0].apis[0] has no member openToDynamicClient.',
    { realm, apis: [{ ...api, openToDynamicClient: true }] },
  ],
  ['realms[0].people[0] has no member pasword.', { realm, people: [{ ...person, pasword: 'x' }] }],
])('refuses a misspelled member by its place: %s', (words, described) => {
  expect(() => checkNewRealm(described, 0)).toThrow(words);
});
