import { expect, test } from 'vitest';
import { keptRecently } from './kept-recently.ts';

function counted() {
  const made: string[] = [];
  const make = keptRecently({ most: 2, longest: 10 }, (text) => {
    made.push(text);
    return { text };
  });
  return { make, made };
}

test('computes the result of a text once while it is asked for', () => {
  const { make, made } = counted();
  const first = make('a');
  for (const text of ['b', 'a', 'c', 'a', 'd', 'a', 'e']) make(text);
  expect(make('a')).toBe(first);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('drops results that were not asked for lately', () => {
  const { make, made } = counted();
  for (const text of ['a', 'b', 'c', 'd', 'e', 'a']) make(text);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
});

test('keeps no long texts', () => {
  const { make, made } = counted();
  const long = 'a'.repeat(11);
  make(long);
  make(long);
  expect(made).toEqual([long, long]);
});
