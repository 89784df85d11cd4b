import { describe, expect, test } from 'vitest';
import { allowsPerson, memberships, type Memberships } from './allows-person.ts';

describe('a person may let apps use an API', () => {
  test.each<[string, readonly string[] | undefined, Memberships | undefined, boolean]>([
    ['if it allows every person, and nothing is stored of them', undefined, undefined, true],
    ['if it allows every person, without a group', undefined, {}, true],
    ['by a group that an operator gave', ['agents'], { groups: ['agents'] }, true],
    ['by a group that the sign-in reported', ['agents'], { reportedGroups: ['agents'] }, true],
    ['by one of several groups', ['x', 'agents'], { groups: ['a'], reportedGroups: ['agents'] }, true],
    ['not if nothing is stored of them', ['agents'], undefined, false],
    ['not without a group', ['agents'], {}, false],
    ['not with other groups', ['agents'], { groups: ['staff'], reportedGroups: ['admins'] }, false],
    ['not if no group is allowed', [], { groups: ['agents'] }, false],
    ['not with a group in other case', ['agents'], { groups: ['Agents'] }, false],
    ['not with a look-alike in Cyrillic letters', ['agents'], { groups: ['аgents'] }, false],
    ['not with the decomposed spelling', ['équipe'], { groups: ['e\u0301quipe'] }, false],
    ['not with a longer name', ['agents'], { groups: ['agents-of-others'] }, false],
    ['not with a part of a name', ['agents'], { groups: ['agent'] }, false],
    ['not with the name of a member of every object', ['constructor'], {}, false],
  ])('%s', (_, allowedGroups, person, allowed) => {
    expect(allowsPerson(allowedGroups === undefined ? {} : { allowedGroups }, person)).toBe(allowed);
  });
});

test('memberships are stored sorted, once each, and not as empty lists', () => {
  expect(memberships({ groups: ['b', 'a', 'b'], reportedGroups: [] })).toEqual({ groups: ['a', 'b'] });
  expect(memberships({ reportedGroups: ['B', 'a'] })).toEqual({ reportedGroups: ['B', 'a'] });
  expect(memberships({})).toEqual({});
});
