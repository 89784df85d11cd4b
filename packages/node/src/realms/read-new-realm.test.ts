import { expect, test } from 'vitest';
import { readNewRealm } from './read-new-realm.ts';

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
  expect(() => readNewRealm({ realm, scopes: [scope], apis: [api], people: [person] }, 0)).not.toThrow();
});

test.each([
  ['realms[0].scope: unknown member. Did you mean scopes?', { realm, scope: [] }],
  ['realms[0].realm.setings: unknown member. Did you mean settings?', { realm: { ...realm, setings: {} } }],
  ['realms[0].scopes[1].open: unknown member.', { realm, scopes: [scope, { ...scope, open: true }] }],
  [
    'realms[0].apis[0].openToDynamicClient: unknown member. Did you mean openToDynamicClients?',
    { realm, apis: [{ ...api, openToDynamicClient: true }] },
  ],
  [
    'realms[0].realm.settings.lifecycle.dormant: must be longer than lifetimes.accessToken',
    { realm: { ...realm, settings: { lifecycle: { dormant: 1 } } } },
  ],
  [
    'realms[0].people[0].pasword: unknown member. Did you mean password?',
    { realm, people: [{ ...person, pasword: 'x' }] },
  ],
])('refuses a misspelled or invalid member by its place: %s', (words, described) => {
  expect(() => readNewRealm(described, 0)).toThrow(words);
});
