import { expect, test } from 'vitest';
import { oncePerValue } from './once-per-value.ts';

function counted() {
  const made: string[] = [];
  const make = oncePerValue((names: readonly string[]) => {
    made.push(names.join(' '));
    return { names: [...names] };
  });
  return { make, made };
}

test('makes one thing of equal values, and of each other value another', () => {
  const { make, made } = counted();
  const first = make(['Acme', 'Zylo']);
  expect(make(['Acme', 'Zylo'])).toBe(first);
  expect(make(['Zylo', 'Acme'])).toEqual({ names: ['Zylo', 'Acme'] });
  expect(make(['Acme Zylo'])).toEqual({ names: ['Acme Zylo'] });
  expect(make([])).toEqual({ names: [] });
  expect(made).toEqual(['Acme Zylo', 'Zylo Acme', 'Acme Zylo', '']);
});

test('keeps what it made for the thousand values that were asked for last', () => {
  const { make, made } = counted();
  const first = make(['first']);
  make(['second']);
  for (let index = 0; index < 998; index += 1) make([`${index}`]);
  expect(make(['first'])).toBe(first);
  make(['one more']);
  expect(make(['first'])).toBe(first);
  expect(made).toHaveLength(1_001);
  make(['second']);
  expect(made).toHaveLength(1_002);
});

test('an object that is still referenced is not looked up by its JSON', () => {
  const { make, made } = counted();
  const names = ['Acme'];
  const first = make(names);
  for (let index = 0; index < 1_000; index += 1) make([`${index}`]);
  expect(make(names)).toBe(first);
  expect(made).toHaveLength(1_001);
});
