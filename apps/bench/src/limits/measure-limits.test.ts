import { expect, test } from 'vitest';
import { measureLimits } from './measure-limits.ts';

test('each kind of work is measured once in each round', () => {
  const limits = measureLimits({ ms: 1, rounds: 2 });
  expect(new Set(limits.map(({ name }) => name)).size).toBe(limits.length);
  for (const { perSecond, cpu } of limits) {
    expect(perSecond.low).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThanOrEqual(0);
  }
});
