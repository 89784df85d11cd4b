import { expect, test } from 'vitest';
import { freshFor } from './freshness-bounds.ts';

test.each([
  ['says nothing', undefined, 300],
  ['says no time at all', 0, 300],
  ['says less than five minutes', 299, 300],
  ['says an hour', 3_600, 3_600],
  ['says more than a day', 86_401, 86_400],
  ['says forever', Infinity, 86_400],
])('a document whose response %s (%s) is used for %i seconds', (_, said, used) => {
  expect(freshFor(said)).toBe(used);
});
