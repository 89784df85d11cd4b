import { describe, expect, test } from 'vitest';
import { createMemoryAuditLog, keptWithStores } from '../memory/index.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { AuditEvent } from './event.ts';
import { recordChange } from './recorded-change.ts';
import { watchedAuditLog } from './watched-log.ts';

const event: AuditEvent = { type: 'gate.closed', realm: 'main', at: 0, gate: 'realm' };

/** Makes a change with the given outcome, and returns what happened in order. */
async function happenings(log: (trail: AuditLog) => AuditLog, outcome: 'made' | 'not made') {
  const happened: string[] = [];
  const trail: AuditLog = {
    record: async () => void happened.push('recorded by itself'),
  };
  await recordChange(
    watchedAuditLog(log(trail), () => void happened.push('observed')),
    {
      events: [event],
      change: async (events) => {
        happened.push(`${outcome} with ${events.length} events`);
        return outcome;
      },
      isMade: (became) => became === 'made',
    },
  );
  return happened;
}

const elsewhere = (trail: AuditLog): AuditLog => trail;
const besideStores = (trail: AuditLog): AuditLog => ({ ...trail, observe: () => Promise.resolve() });

describe('a change and its events', () => {
  test.each<[string, typeof elsewhere, 'made' | 'not made', readonly string[]]>([
    ['together, then observed', besideStores, 'made', ['made with 1 events', 'observed']],
    ['not at all if the change is not made', besideStores, 'not made', ['not made with 1 events']],
    [
      'one after the other if the log is kept elsewhere',
      elsewhere,
      'made',
      ['made with 0 events', 'recorded by itself', 'observed'],
    ],
    ['not at all there if the change is not made', elsewhere, 'not made', ['not made with 0 events']],
  ])('are kept %s', async (_, log, outcome, expected) => {
    expect(await happenings(log, outcome)).toEqual(expected);
  });

  test('are not observed if the change fails', async () => {
    const audit = createMemoryAuditLog();
    const failing = recordChange(keptWithStores(audit), {
      events: [event],
      change: () => Promise.reject(new Error('disk full')),
      isMade: () => true,
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(audit.events).toEqual([]);
  });
});
