import { expect, test } from 'vitest';
import { isGroup, MAX_GROUP_LENGTH } from './group.ts';

test.each([
  ['agents'],
  ['/acme/Agents'],
  ['CN=Agents,OU=Groups,DC=acme,DC=example'],
  ['b3a7c1de-0d0e-4a61-9d5c-3f2b1a0c9e8d'],
  ['Équipe 7'],
  ['x'.repeat(MAX_GROUP_LENGTH)],
])('%j can be the name of a group', (name) => {
  expect(isGroup(name)).toBe(true);
});

test.each([
  [''],
  [' '],
  [' agents'],
  ['agents\u00a0'],
  ['a\nb'],
  ['a\u0000b'],
  ['a\u202eb'],
  ['\ud800'],
  ['x'.repeat(MAX_GROUP_LENGTH + 1)],
  [7],
  [null],
  [undefined],
  [['agents']],
  [{ agents: true }],
])('%j cannot be the name of a group', (name) => {
  expect(isGroup(name)).toBe(false);
});
