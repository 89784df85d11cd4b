import { expect, test } from 'vitest';
import { quantile } from './latencies.ts';

const CASES: readonly (readonly [
  title: string,
  values: readonly number[],
  share: number,
  expected: number,
])[] = [
  ['the middle of an odd number of values', [3, 1, 2], 0.5, 2],
  ['between the two middle values of an even number', [4, 1, 2, 3], 0.5, 2.5],
  ['the only value', [7], 0.99, 7],
  ['the largest value', [1, 2, 3], 1, 3],
  ['nothing without values', [], 0.5, Number.NaN],
];

test.each(CASES)('a quantile is %s', (_title, values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});
