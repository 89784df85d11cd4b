import { describe, expect, test } from 'vitest';
import { createMemoryRegistrationStores } from '../memory/index.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { CoreChange } from '../ports/commit.ts';
import { boundedAuditLog } from './bounded-log.ts';
import { commitRecorded } from './commit-recorded.ts';
import type { AuditEvent } from './event.ts';
import { watchedAuditLog } from './watched-log.ts';

const event: AuditEvent = { type: 'gate.closed', realm: 'main', at: 0, gate: 'realm' };

const refresh: AuditEvent = {
  type: 'token.issued',
  realm: 'main',
  at: 0,
  grantType: 'refresh_token',
  clientId: 'app',
  subject: 'ada',
  resource: 'https://api.example',
  scopes: [],
  grantId: 'grant',
  tokenId: 'token',
};

/** A change whose condition holds, or does not. */
const reservation = (uses: number): CoreChange => ({
  kind: 'quota.reserve',
  key: 'key',
  limit: { uses, seconds: 60 },
  at: 0,
});

/** Commits a change with one event, and returns what happened in order. */
async function happenings(log: (trail: AuditLog) => AuditLog, uses: number) {
  const happened: string[] = [];
  const { commit } = createMemoryRegistrationStores();
  const trail: AuditLog = { record: async () => void happened.push('recorded by itself') };
  const audit = watchedAuditLog(log(trail), () => void happened.push('observed'));
  const recording = {
    audit,
    commit: async (changes: readonly CoreChange[]) => {
      const outcome = await commit(changes);
      happened.push(`${outcome.committed ? 'made' : 'not made'}: ${changes.map(({ kind }) => kind).join()}`);
      return outcome;
    },
  };
  const outcome = await commitRecorded(recording, [reservation(uses)], [event]);
  expect(outcome.committed).toBe(uses > 0);
  return happened;
}

const elsewhere = (trail: AuditLog): AuditLog => trail;
const besideStores = (trail: AuditLog): AuditLog => ({ ...trail, observe: () => Promise.resolve() });
const omitting = (trail: AuditLog): AuditLog => ({
  ...besideStores(trail),
  admit: () => ({ isAdmitted: false, settle: () => {} }),
});

describe('a change and its events', () => {
  test.each<[string, typeof elsewhere, number, readonly string[]]>([
    [
      'are committed together, then observed',
      besideStores,
      1,
      ['made: quota.reserve,event.append', 'observed'],
    ],
    [
      'are not recorded if the condition of the change fails',
      besideStores,
      0,
      ['not made: quota.reserve,event.append'],
    ],
    ['are made without an event that the log omits', omitting, 1, ['made: quota.reserve']],
    [
      'are stored one after the other if the log is elsewhere',
      elsewhere,
      1,
      ['made: quota.reserve', 'recorded by itself', 'observed'],
    ],
    ['are not recorded elsewhere if the condition fails', elsewhere, 0, ['not made: quota.reserve']],
  ])('%s', async (_, log, uses, expected) => {
    expect(await happenings(log, uses)).toEqual(expected);
  });

  test('are not observed if the commit fails', async () => {
    const { audit } = createMemoryRegistrationStores();
    const failing = commitRecorded(
      { audit, commit: () => Promise.reject(new Error('disk full')) },
      [reservation(1)],
      [event],
    );
    await expect(failing).rejects.toThrow('disk full');
    expect(audit.events).toEqual([]);
  });

  test.each([
    ['counts nothing if its change is not made', 0, undefined, []],
    ['counts nothing if the commit fails', 1, new Error('disk full'), []],
    ['counts an event that it omits once its change is made', 1, undefined, ['token.issued']],
  ] as const)('a log of limited size %s', async (_, uses, failure, expected) => {
    const stores = createMemoryRegistrationStores();
    const omitted: string[] = [];
    const audit = boundedAuditLog(stores.audit, {
      addressKey: (ip) => ip,
      refreshesPerGrantPerDay: 1,
      onOmitted: ({ type }) => void omitted.push(type),
    });
    const commit = failure ? () => Promise.reject(failure) : stores.commit;
    for (let time = 0; time < 2; time += 1) {
      await commitRecorded({ audit, commit }, [reservation(uses * 2)], [refresh]).catch(() => {});
    }
    expect(omitted).toEqual(expected);
    await audit.record(refresh);
    expect(omitted.length - expected.length).toBe(expected.length);
  });
});
