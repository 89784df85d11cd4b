import { describe, expect, test } from 'vitest';
import type { Freshness } from './freshness.ts';
import { boundedFreshness, renewedFreshness } from './freshness-bounds.ts';

const SILENT: Freshness = { noStore: false, noCache: false, mustRevalidate: false };

test.each<[string, Partial<Freshness>, object]>([
  ['says nothing', {}, { freshFor: 300 }],
  ['says no time at all', { freshFor: 0 }, { freshFor: 300 }],
  ['says less than five minutes', { freshFor: 299 }, { freshFor: 300 }],
  ['says an hour', { freshFor: 3_600 }, { freshFor: 3_600 }],
  ['says more than a day', { freshFor: 86_401 }, { freshFor: 86_400 }],
  ['says forever', { freshFor: Infinity }, { freshFor: 86_400 }],
  ['says no-store', { noStore: true }, { freshFor: 300, staleFor: 0 }],
  ['says no-store beside an hour', { noStore: true, freshFor: 3_600 }, { freshFor: 300, staleFor: 0 }],
  ['says no-cache beside an hour', { noCache: true, freshFor: 3_600 }, { freshFor: 300, staleFor: 0 }],
  ['says must-revalidate', { mustRevalidate: true, freshFor: 3_600 }, { freshFor: 3_600, staleFor: 0 }],
  ['says stale-if-error', { staleIfError: 60, freshFor: 3_600 }, { freshFor: 3_600, staleFor: 60 }],
  [
    'says stale-if-error beside must-revalidate',
    { staleIfError: 60, mustRevalidate: true },
    { freshFor: 300, staleFor: 0 },
  ],
])('a document whose response %s is used for a bounded time', (_, said, used) => {
  expect(boundedFreshness({ ...SILENT, ...said })).toEqual(used);
});

describe('a copy that has not changed', () => {
  test.each<[string, Partial<Freshness>, number | undefined, object]>([
    [
      'keeps what was said about stale use, if the response says nothing',
      {},
      60,
      { freshFor: 300, staleFor: 60 },
    ],
    ['keeps that nothing was said, if the response says nothing', {}, undefined, { freshFor: 300 }],
    ['is bound by what the response says anew', { mustRevalidate: true }, 60, { freshFor: 300, staleFor: 0 }],
    ['is bound no more by what the response leaves out', { freshFor: 600 }, 0, { freshFor: 600 }],
  ])('%s', (_, said, before, used) => {
    expect(renewedFreshness({ ...SILENT, ...said }, before)).toEqual(used);
  });
});
