import { expect, test } from 'vitest';
import { createRetryMemory } from './retry-memory.ts';

/** A memory with a clock that a test advances by seconds. */
function meet(most?: number) {
  let now = 1_000_000;
  const memory = createRetryMemory(() => now, most);
  return { ...memory, pass: (seconds: number) => void (now += seconds * 1_000) };
}

test('what did not fail has no rest', () => {
  expect(meet().restOf('a')).toBeUndefined();
});

test('each failure in a row is followed by a rest that is twice as long, up to five minutes', () => {
  const { failed, restOf, pass } = meet();
  for (const rest of [30, 60, 120, 240, 300, 300]) {
    failed('a');
    expect(restOf('a')).toBe(rest);
    pass(rest - 1);
    expect(restOf('a')).toBe(1);
    pass(1);
    expect(restOf('a')).toBe(0);
  }
});

test('failures of attempts that began before a rest do not make it longer', () => {
  const { failed, restOf, pass } = meet();
  for (let number = 0; number < 50; number += 1) failed('a');
  pass(10);
  failed('a');
  expect(restOf('a')).toBe(20);
});

test('what works again has no rest, and fails like new', () => {
  const { failed, worked, restOf, pass } = meet();
  failed('a');
  pass(30);
  failed('a');
  worked('a');
  expect(restOf('a')).toBeUndefined();
  failed('a');
  expect(restOf('a')).toBe(30);
});

test('a clock that is set back ends a rest', () => {
  const { failed, restOf, pass } = meet();
  failed('a');
  pass(-100);
  expect(restOf('a')).toBe(0);
});

test('no more keys are remembered than may be, and those are forgotten first that failed first', () => {
  const { failed, restOf, pass } = meet(2);
  failed('a');
  failed('b');
  pass(30);
  failed('a');
  failed('c');
  expect(['a', 'b', 'c'].map(restOf)).toEqual([60, undefined, 30]);
});
