import { expect, test } from 'vitest';
import { groupSettings } from './group-settings.ts';
import { groupsOf, type UpstreamGroups } from './groups.ts';
import { PRESETS } from './presets.ts';

const read = (claims: object, options: UpstreamGroups, preset: keyof typeof PRESETS = 'openid') =>
  groupsOf({ ...claims }, groupSettings(options, PRESETS[preset]));

const GROUPS: UpstreamGroups = { claim: 'groups' };

test.each<[object, UpstreamGroups, readonly string[]]>([
  [{ groups: ['b', 'a', 'b'] }, GROUPS, ['b', 'a']],
  [{ groups: 'agents' }, GROUPS, ['agents']],
  [{ groups: 'agents staff,admins' }, GROUPS, ['agents staff,admins']],
  [{ groups: [] }, GROUPS, []],
  [{}, GROUPS, []],
  [{ groups: null }, GROUPS, []],
  [{ realm_access: { roles: ['agents'] } }, { claim: ['realm_access', 'roles'] }, ['agents']],
  [{ realm_access: {} }, { claim: ['realm_access', 'roles'] }, []],
  [{ realm_access: ['roles'] }, { claim: ['realm_access', 'roles'] }, []],
  [{ 'realm_access.roles': ['agents'] }, { claim: ['realm_access', 'roles'] }, []],
  [{ 'https://acme.example/groups': ['a'] }, { claim: 'https://acme.example/groups' }, ['a']],
  [{ groups: ['Agents', 'agents', '\u0430gents'] }, { ...GROUPS, only: ['agents'] }, ['agents']],
  [{ groups: ['5c0f', 'x'] }, { ...GROUPS, only: { '5c0f': 'agents' } }, ['agents']],
  [{ groups: ['constructor', '__proto__'] }, { ...GROUPS, only: { a: 'agents' } }, []],
  [{ groups: ['a'] }, { ...GROUPS, prefix: 'acme/' }, ['acme/a']],
  [{ groups: ['5c0f'] }, { ...GROUPS, only: { '5c0f': 'agents' }, prefix: 'acme/' }, ['acme/agents']],
  [{ groups: ['a', 7, null, ['b'], { c: true }, true] }, GROUPS, ['a']],
  [{ groups: ['', ' a', 'a\nb', 'a\u0000', 'x'.repeat(257), 'c'] }, GROUPS, ['c']],
  [{}, { claim: 'constructor' }, []],
  [{}, { claim: ['constructor', 'name'] }, []],
])('%j with the option %j has the groups %j', (claims, options, groups) => {
  expect(read(claims, options)).toEqual({ groups });
});

test.each<[string, object, RegExp]>([
  ['a number', { groups: 7 }, /neither a list nor a text/],
  ['an object', { groups: { agents: true } }, /neither a list nor a text/],
  ['true', { groups: true }, /neither a list nor a text/],
  [
    'too long a list',
    { groups: Array.from({ length: 10_000 }, (_, i) => `g${i}`) },
    /has 10000 groups, of which/,
  ],
  [
    'said to be elsewhere',
    { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://evil.example' } } },
    /leaves groups out because the person has too many/,
  ],
  ['beside the note of where it is', { groups: ['a'], _claim_names: { groups: 'src1' } }, /too many/],
])('a claim that is %s means no groups, and a problem', (_, claims, problem) => {
  expect(read(claims, GROUPS)).toEqual({ groups: [], problem: expect.stringMatching(problem) });
});

test('a long list of which few are taken is no problem', () => {
  const groups = Array.from({ length: 10_000 }, (_, i) => `g${i}`);
  expect(read({ groups }, { ...GROUPS, only: ['g9999'] })).toEqual({ groups: ['g9999'] });
});

test('only a provider whose groups are members of an object has them read so', () => {
  const claims = { 'urn:zitadel:iam:org:project:roles': { agents: { '2271534': 'acme.example' } } };
  expect(read(claims, {}, 'zitadel')).toEqual({ groups: ['agents'] });
  const named = { claim: 'urn:zitadel:iam:org:project:roles' };
  expect(read(claims, named)).toHaveProperty('problem');
  const other = { 'urn:zitadel:iam:org:project:7:roles': { agents: {} } };
  expect(read(other, { claim: 'urn:zitadel:iam:org:project:7:roles' }, 'zitadel').groups).toEqual(['agents']);
});
