import { expect, test } from 'vitest';
import { growthIn, type Period } from './steadiness.ts';

const STEADY: Period = { flows: 1_000, errors: 0, p50: 20, p99: 60, memoryMiB: 200, handles: 40 };

/** Eight periods, the last of which are changed. */
const ending = (change: Partial<Period>): readonly Period[] =>
  Array.from({ length: 8 }, (_, index) => (index < 6 ? STEADY : { ...STEADY, ...change }));

test.each<[string, readonly Period[]]>([
  ['nothing changes', ending({})],
  ['everything changes a little', ending({ memoryMiB: 263, handles: 47, p50: 29, p99: 119 })],
  ['the first quarter needs more', [{ ...STEADY, memoryMiB: 900, p99: 900 }, ...ending({}).slice(1)]],
])('a soak is steady if %s', (_, periods) => {
  expect(growthIn(periods)).toEqual([]);
});

test.each<[string, Partial<Period>, string]>([
  ['memory', { memoryMiB: 265 }, 'memoryMiB grew from 200.0 to 265.0.'],
  ['handles', { handles: 49 }, 'handles grew from 40.0 to 49.0.'],
  ['the median latency', { p50: 31 }, 'p50 grew from 20.0 to 31.0.'],
  ['the longest latencies', { p99: 121 }, 'p99 grew from 60.0 to 121.0.'],
  ['failures', { errors: 1 }, '2 flows failed.'],
])('a soak is not steady if there is growth of %s', (_, change, sentence) => {
  expect(growthIn(ending(change))).toEqual([sentence]);
});

test('too few periods say nothing', () => {
  expect(growthIn([STEADY, STEADY, STEADY])).toEqual(['3 periods are too few: at least 4 are needed.']);
});
