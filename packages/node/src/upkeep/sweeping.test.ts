import { type AuditEvent, boundedAuditLog } from '@vestibule/core';
import { createMemoryAuditLog } from '@vestibule/core/memory';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { expect, test } from 'vitest';
import { omissionRecorder } from './sweeping.ts';

test('sweeping records omitted audit events at most once an hour', async () => {
  const kept = createMemoryAuditLog();
  const audit = boundedAuditLog(kept, createMemoryRateLimiter(), {
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
