import type { Slice } from '../src/run/results.ts';

/** A slice of a run that never took place. */
export const slice = (given: Partial<Slice>): Slice => ({
  target: 'vestibule',
  operation: 'register',
  connections: 64,
  round: 0,
  perSecond: 1_000,
  p50: 1,
  p99: 2,
  count: 1_000,
  errors: 0,
  loadCpu: 0.1,
  probeMs: 5,
  tries: 1,
  isDisturbed: false,
  ...given,
});
