import { expect, test } from 'vitest';
import { authenticatedAt } from './authenticated-at.ts';

const NOW = 1_800_000_000_000;

test.each([
  ['a moment ago', { iat: 100, auth_time: 100 }, NOW],
  ['an hour ago', { iat: 3_700, auth_time: 100 }, NOW - 3_599_000],
  ['after the token was made', { iat: 100, auth_time: 200 }, NOW],
  ['at a time that is not told', { iat: 100 }, undefined],
  ['at a time that is not a number', { iat: 100, auth_time: '100' }, undefined],
])('a person who signed in %s, by the clock of the provider', (_, claims, at) => {
  expect(authenticatedAt(claims, NOW)).toBe(at);
});
