import { temporaryFolder } from '@vestibule/testing/folder';
import { expect, test } from 'vitest';
import { measureSpray } from './measure-spray.ts';

test('two thousand registrations add no row and no byte if clients are stored at their first approval', async () => {
  const sprayed = await measureSpray({ count: 2_000, persistence: 'deferred', folder: temporaryFolder() });
  expect(sprayed.after).toEqual(sprayed.before);
  expect(sprayed.longestId).toBeLessThanOrEqual(1_024);
}, 120_000);

test('each registration adds a client and an event if clients are stored at once', async () => {
  const { before, after } = await measureSpray({
    count: 100,
    persistence: 'immediate',
    folder: temporaryFolder(),
  });
  const added = (table: string): number => (after.rows[table] ?? 0) - (before.rows[table] ?? 0);
  expect([added('clients'), added('audit_events')]).toEqual([100, 100]);
}, 120_000);
