import type { Obtained } from '@vestibule/core';
import { expect, test } from 'vitest';
import { createRecentFailures } from './recent-failures.ts';

const NOW = 1_000_000_000;

/** How often a document is tried, at moments in seconds, if each attempt has this outcome. */
async function triesOf(outcome: unknown, ...moments: readonly number[]): Promise<number> {
  const failures = createRecentFailures();
  let tries = 0;
  const obtain = async (): Promise<Obtained> => {
    tries += 1;
    return { outcome } as Obtained;
  };
  for (const moment of moments) await failures.unlessRecent('a', NOW + moment * 1_000, obtain);
  return tries;
}

test.each([
  ['unavailable', 1],
  ['refused', 1],
  ['stale', 1],
  ['current', 3],
  ['limited', 3],
  ['other', 3],
])('a document whose outcome is %s is tried %i times by three requests in a row', async (outcome, tries) => {
  expect(await triesOf(outcome, 0, 1, 299)).toBe(tries);
});

test('a document that could not be fetched is tried again after five minutes, and when the clock was set back', async () => {
  expect(await triesOf('unavailable', 0, 300)).toBe(2);
  expect(await triesOf('unavailable', 0, -300)).toBe(2);
});

test('requests at the same time share one attempt', async () => {
  const failures = createRecentFailures();
  const gate = Promise.withResolvers<Obtained>();
  let tries = 0;
  const obtain = (): Promise<Obtained> => {
    tries += 1;
    return gate.promise;
  };
  const all = [1, 2, 3].map(() => failures.unlessRecent('a', NOW, obtain));
  gate.resolve({ outcome: 'unavailable', retryAfter: 30 });
  expect(await Promise.all(all)).toEqual([1, 2, 3].map(() => ({ outcome: 'unavailable', retryAfter: 30 })));
  expect(tries).toBe(1);
});

test('an attempt that throws is not remembered', async () => {
  const failures = createRecentFailures();
  const failing = async (): Promise<Obtained> => {
    throw new Error('outage');
  };
  await expect(failures.unlessRecent('a', NOW, failing)).rejects.toThrow('outage');
  expect(
    await failures.unlessRecent('a', NOW, async () => ({ outcome: 'unavailable', retryAfter: 30 })),
  ).toEqual({ outcome: 'unavailable', retryAfter: 30 });
});

test('the number of remembered documents is bounded', async () => {
  const failures = createRecentFailures(2);
  let tries = 0;
  const obtain = async (): Promise<Obtained> => {
    tries += 1;
    return { outcome: 'unavailable', retryAfter: 30 };
  };
  for (const key of ['a', 'b', 'c', 'c', 'a']) await failures.unlessRecent(key, NOW, obtain);
  expect(tries).toBe(4);
});

test('a limit that one request reached does not count for another one at the same time', async () => {
  const failures = createRecentFailures();
  const gate = Promise.withResolvers<Obtained>();
  const one = failures.unlessRecent('a', NOW, () => gate.promise);
  const other = failures.unlessRecent('a', NOW, async () => ({ outcome: 'unavailable', retryAfter: 30 }));
  gate.resolve({ outcome: 'limited', retryAfter: 60 });
  expect(await one).toEqual({ outcome: 'limited', retryAfter: 60 });
  expect(await other).toEqual({ outcome: 'unavailable', retryAfter: 30 });
});
