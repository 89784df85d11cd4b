import { expect, test } from 'vitest';
import { createProcessCounts } from './process-counts.ts';

const limit = { uses: 2, seconds: 60 };

test('allows as many uses of a key as the limit says, and returns when to retry', () => {
  const counts = createProcessCounts();
  const outcomes = [0, 10_000, 20_000, 30_500].map((now) => counts.use('a', limit, now));
  expect(outcomes).toEqual([
    { allowed: true },
    { allowed: true },
    { allowed: false, retryAfter: 40, isFirst: true },
    { allowed: false, retryAfter: 30, isFirst: false },
  ]);
  expect(counts.use('b', limit, 30_500)).toEqual({ allowed: true });
});

test('begins anew when the window is over, and when the clock was set back', () => {
  const counts = createProcessCounts();
  for (const now of [100_000, 100_000, 100_000]) counts.use('a', limit, now);
  expect(counts.use('a', limit, 159_999).allowed).toBe(false);
  expect(counts.use('a', limit, 160_000).allowed).toBe(true);
  expect(counts.use('a', limit, 90_000).allowed).toBe(true);
});

test('takes a use back, unless its window is over', () => {
  const counts = createProcessCounts();
  for (const now of [0, 0, 0]) counts.use('a', limit, now);
  for (const now of [0, 0]) counts.takeBack('a', now);
  expect(counts.use('a', limit, 0).allowed).toBe(true);
  expect(counts.use('a', limit, 0).allowed).toBe(false);
  counts.takeBack('a', 60_000);
  expect(counts.use('a', limit, 60_000).allowed).toBe(true);
  expect(counts.use('a', limit, 60_000).allowed).toBe(true);
  counts.takeBack('unknown', 0);
});

test('remembers no more keys than it may, and forgets those first whose window began first', () => {
  const counts = createProcessCounts(2);
  for (const key of ['a', 'a', 'b', 'b', 'c']) counts.use(key, limit, 0);
  expect(counts.use('b', limit, 0).allowed).toBe(false);
  expect(counts.use('a', limit, 0).allowed).toBe(true);
});
