import { expect, test } from 'vitest';
import { matchesEtag } from './etag.ts';

test.each<[ifNoneMatch: string | null | undefined, matches: boolean]>([
  [undefined, false],
  [null, false],
  ['', false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a" ', true],
  ['*', true],
  [' * ', true],
  ['"b"', false],
  ['a', false],
  ['"A"', false],
  ['"ab"', false],
  ['w/"a"', false],
  [`${'"b", '.repeat(1_000)}"a"`, false],
])('compares If-None-Match with the current entity tag: %j', (ifNoneMatch, matches) => {
  expect(matchesEtag(ifNoneMatch, '"a"')).toBe(matches);
});
