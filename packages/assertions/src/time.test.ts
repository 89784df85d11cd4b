import { expect, test } from 'vitest';
import { timeProblem } from './time.ts';

const NOW = 1_800_000_000;

test.each<[string, Record<string, unknown>, RegExp | undefined]>([
  ['an end that is to come', { exp: NOW + 1 }, undefined],
  ['an end that a clock of a minute ago has not met', { exp: NOW - 59 }, undefined],
  ['an end that is over', { exp: NOW - 60 }, /expired/],
  ['no end', {}, /no exp/],
  ['an end that is a text', { exp: String(NOW + 1) }, /no exp/],
  ['an end beyond all bounds', { exp: Infinity }, /no exp/],
  ['a beginning', { exp: NOW + 1, iat: NOW, nbf: NOW }, undefined],
  [
    'a beginning by a clock that is a minute ahead',
    { exp: NOW + 90, iat: NOW + 60, nbf: NOW + 60 },
    undefined,
  ],
  ['an iat to come', { exp: NOW + 90, iat: NOW + 61 }, /iat/],
  ['an nbf to come', { exp: NOW + 90, nbf: NOW + 61 }, /nbf/],
  ['an invalid iat', { exp: NOW + 1, iat: 'now' }, /iat/],
  ['an invalid nbf', { exp: NOW + 1, nbf: null }, /nbf/],
])('%s: %j', (_, claims, problem) => {
  const found = timeProblem(claims, {}, NOW * 1_000);
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(problem);
});

test('a tolerance of one’s own counts', () => {
  expect(timeProblem({ exp: NOW }, { clockTolerance: 0 }, NOW * 1_000)).toMatch(/expired/);
  expect(timeProblem({ exp: NOW }, { clockTolerance: 1 }, NOW * 1_000)).toBeUndefined();
});
