import type { Results, Slice } from '../src/run/results.ts';

/** A run that never took place, with these slices. */
export const runOf = (slices: readonly Slice[], given: Partial<Results> = {}): Results => ({
  format: 1,
  startedAt: '2026-11-29T12:00:00.000Z',
  machine: {
    processor: 'a processor',
    cores: 2,
    memoryGiB: 8,
    system: 'Linux 6',
    node: 'v24.0.0',
    pinning: 'servers on core 0, load on core 1',
  },
  settings: { ms: 1_000, slices: 1, rounds: 1 },
  targets: [...new Set(slices.map(({ target }) => target))].map((name) => ({
    name,
    storage: 'none',
    versions: '',
    notes: [],
  })),
  checks: {},
  slices: [...slices],
  coldStarts: [],
  growth: [],
  problems: [],
  ...given,
});
