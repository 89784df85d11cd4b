import { expect, test } from 'vitest';
import { slice } from '../../test/slices.ts';
import { fitCoreSpeed } from './core-speed.ts';
import { ratiosToReference, spreadOf } from './ratios.ts';

const KIND = { target: 'vestibule', operation: 'register', connections: 64 };

test('a slice is compared with the slice of the reference in the same round', () => {
  const slices = [
    slice({ round: 0, perSecond: 400 }),
    slice({ round: 0, perSecond: 1_000, target: 'bare-express' }),
    slice({ round: 1, perSecond: 100 }),
    slice({ round: 1, perSecond: 500, target: 'bare-express' }),
    slice({ round: 1, perSecond: 9_000, target: 'bare-express', connections: 1 }),
    slice({ round: 2, perSecond: 100 }),
  ];
  expect(ratiosToReference(slices, KIND, fitCoreSpeed({ slices, coldStarts: [] }))).toEqual([0.4, 0.2]);
});

test('rates that follow the speed of the core in proportion are set to one speed', () => {
  // A core of twice the speed halves the probe and doubles the rates.
  const slices = [10, 5, 20, 10].flatMap((probeMs, round) => [
    slice({ round, probeMs, perSecond: 3_000 / probeMs }),
    slice({ round, probeMs: 10, perSecond: 1_000, target: 'bare-express' }),
  ]);
  const speed = fitCoreSpeed({ slices, coldStarts: [] });
  expect(speed.exponent).toBeCloseTo(1);
  for (const ratio of ratiosToReference(slices, KIND, speed)) expect(ratio).toBeCloseTo(0.3);
});

test('a run of a few slices is not adjusted', () => {
  const slices = [slice({ probeMs: 5 }), slice({ probeMs: 10, perSecond: 500 })];
  expect(fitCoreSpeed({ slices, coldStarts: [] }).exponent).toBe(0);
});

test('the spread is the middle half of the values', () => {
  expect(spreadOf([1, 2, 3, 4, 5])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spreadOf([])).toBeUndefined();
});
