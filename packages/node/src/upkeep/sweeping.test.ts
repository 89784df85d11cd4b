import type { Sweeper } from '@vestibule/core';
import { type AuditEvent, boundedAuditLog } from '@vestibule/core/audit';
import { createMemoryAuditLog } from '@vestibule/core/memory';
import { expect, test } from 'vitest';
import { keepSwept, omissionRecorder } from './sweeping.ts';

test('sweeping records omitted audit events at most once an hour', async () => {
  const kept = createMemoryAuditLog();
  const audit = boundedAuditLog(kept, {
    addressKey: (ip) => ip,
    perAddressPerHour: 0,
  });
  const sweeper = omissionRecorder(audit);
  for (let minute = 0; minute <= 125; minute += 1) {
    const at = minute * 60_000;
    const event: AuditEvent = { type: 'sign-in.failed', username: 'ada', realm: 'main', at, ip: '192.0.2.1' };
    await audit.record(event);
    expect(await sweeper.sweep(at, 500)).toBe(0);
  }
  const recorded = kept.events.filter(({ type }) => type === 'audit.omitted');
  expect(recorded.map(({ at }) => at / 60_000)).toEqual([60, 121]);
});

test('a sweeper that is added later is called from the next round on, also after a round that failed', async () => {
  const called = Promise.withResolvers<void>();
  const errors: unknown[] = [];
  const added: Sweeper = {
    sweep: async () => {
      called.resolve();
      return 0;
    },
  };
  let round = 0;
  const end = keepSwept({
    sweepers: async () => {
      round += 1;
      if (round === 2) throw new Error('The database is down.');
      return round < 3 ? [] : [added];
    },
    clock: Date.now,
    onError: (error) => errors.push(error),
    interval: 0,
  });
  await called.promise;
  end();
  expect(errors).toEqual([new Error('The database is down.')]);
});
