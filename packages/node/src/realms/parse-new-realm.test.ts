import { problemLine } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { hashPassword } from '../passwords.ts';
import { parseNewRealm } from './parse-new-realm.ts';

const ISSUER = 'https://id.example';
const scope = { name: 'notes:read', description: 'Read your notes', openToDynamicClients: true };
const api = {
  id: 'notes',
  name: 'Notes',
  resource: 'https://a.example',
  scopes: [],
  openToDynamicClients: true,
};
const person = { username: 'ada', name: 'Ada', password: 'a horse of her own' };
const realm = { id: 'main', name: 'Main', issuer: ISSUER };

/** The lines that tell what is wrong with a realm. */
async function problemsOf(described: unknown): Promise<readonly string[]> {
  const parsed = await parseNewRealm(described, ISSUER);
  return parsed.ok ? [] : parsed.problems.map(problemLine);
}

test('accepts a realm with all its parts', async () => {
  expect(await problemsOf({ realm, scopes: [scope], apis: [api], people: [person] })).toEqual([]);
});

test('accepts a password hash that sign-in can verify, and refuses any other by its place', async () => {
  const withHash = (passwordHash: string) => ({
    realm,
    people: [person, { username: 'bob', name: 'Bob', passwordHash }],
  });
  expect(await problemsOf(withHash(await hashPassword('a horse of his own')))).toEqual([]);
  expect(await problemsOf(withHash('md5'))).toEqual([
    'people[1].passwordHash: must be an argon2 hash in PHC string format',
  ]);
});

test.each([
  ['scope: unknown member. Did you mean scopes?', { realm, scope: [] }],
  ['realm.setings: unknown member. Did you mean settings?', { realm: { ...realm, setings: {} } }],
  ['scopes[1].open: unknown member.', { realm, scopes: [scope, { ...scope, open: true }] }],
  [
    'apis[0].openToDynamicClient: unknown member. Did you mean openToDynamicClients?',
    { realm, apis: [{ ...api, openToDynamicClient: true }] },
  ],
  [
    'realm.settings.lifecycle.dormant: must be longer than lifetimes.accessToken',
    { realm: { ...realm, settings: { lifecycle: { dormant: 1 } } } },
  ],
  [
    'people[0].pasword: unknown member. Did you mean password?',
    { realm, people: [{ ...person, pasword: 'x' }] },
  ],
])('refuses a misspelled or invalid member by its place: %s', async (words, described) => {
  expect(await problemsOf(described)).toEqual([expect.stringContaining(words)]);
});
