import { expect, test } from 'vitest';
import { mutationsOf } from './mutation-points.ts';

test.each<[string, readonly string[]]>([
  ['list.some(isNear)', ['list.every(isNear)']],
  ['list.every(isNear)', ['list.some(isNear)']],
  ['value.toString()', []],
  ['value.constructor', []],
  ['a < b', ['a <= b']],
])('%s is mutated to %j', (source, expected) => {
  const mutants = mutationsOf('source.ts', source).map(
    ({ start, end, to }) => source.slice(0, start) + to + source.slice(end),
  );
  expect(mutants).toEqual(expected);
});
