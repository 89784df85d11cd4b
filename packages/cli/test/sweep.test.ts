import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openOffice } from './support/office.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

const DAY = 86_400_000;
const NOW = REGISTERED + 100 * DAY;

/** Three clients that were never used, one to put to sleep, one that slept too long, one that is blocked, one awake. */
async function dueOffice() {
  const office = await openOffice([realmWith(), realmWith({}, 'other')]);
  const { clients, sessions } = office.database.stores;
  const unused = {
    realm: 'main',
    version: 1,
    name: 'Unused',
    redirectUris: ['https://app.example/callback'],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: REGISTERED,
  } as const;
  for (const id of ['dyn-a', 'dyn-b', 'dyn-c']) await clients.insert({ ...unused, id });
  await clients.insert({ ...unused, id: 'dyn-d', realm: 'other' });
  await office.add({ id: 'dyn-e', lastUsedAt: REGISTERED });
  const asleep = { lastUsedAt: REGISTERED - 800 * DAY, hibernatedAt: REGISTERED - 600 * DAY };
  await office.add({ id: 'dyn-f', ...asleep });
  await office.add({ id: 'dyn-g', blockedAt: REGISTERED });
  await office.add({ id: 'dyn-h', lastUsedAt: NOW });
  for (const hash of ['one', 'two']) {
    await sessions.insert({
      realm: 'main',
      hash,
      person: { subject: 'ada', name: 'Ada' },
      authentication: { at: REGISTERED, methods: ['pwd'] },
      expiresAt: REGISTERED + 1,
    });
  }
  return office;
}

describe('sweep', () => {
  test(
    cite('sees to all that is over, in every realm, and says how much', 'vestibule:command-line:sweep'),
    async () => {
      const { call, json, database } = await dueOffice();
      expect(await call(['sweep'], { now: NOW })).toEqual({
        code: 0,
        stderr: '',
        stdout: `swept                                  number
clients of main that were never used   3
clients of main that went to sleep     1
clients of main that slept too long    1
expired clients of main forgotten      0
clients of other that were never used  1
clients of other that went to sleep    0
clients of other that slept too long   0
expired clients of other forgotten     0
whatever else had expired, in rows     2
counts of limits that are over         0
`,
      });
      const left = (await database.stores.clients.list('main', { limit: 10 })).items;
      expect(left.map(({ id }) => id)).toEqual(['dyn-e', 'dyn-g', 'dyn-h']);
      const { items } = await database.stores.audit.list('main', { limit: 10 });
      expect(items.map(({ type }) => type).toSorted()).toEqual([
        'client.hibernated',
        ...Array.from({ length: 4 }, () => 'client.removed'),
      ]);
      const nothing = { outcome: 'swept', unused: 0, hibernated: 0, asleep: 0, forgotten: 0 };
      expect(await json(['sweep'], { now: NOW })).toEqual({
        realms: [
          { realm: 'main', ...nothing },
          { realm: 'other', ...nothing },
        ],
        expired: 0,
        limits: 0,
      });
    },
  );

  test(
    cite(
      'goes on in batches until nothing is left, and says how far it is to who looks',
      'vestibule:lifecycle:batches',
      'vestibule:command-line:progress',
    ),
    async () => {
      const { call } = await dueOffice();
      const { stdout, stderr } = await call(['sweep', '--realm', 'main', '--batch', '1'], {
        now: NOW,
        columns: 80,
      });
      expect(stdout).toContain('clients of main that were never used  3\n');
      const clear = '\r\u001B[2K';
      expect(stderr.split(clear)).toEqual([
        '',
        'main: 3 clients',
        'main: 4 clients',
        'main: 5 clients',
        'what had expired: 1 row',
        'what had expired: 2 rows',
        '',
      ]);
    },
  );

  test('leaves what expired less than a minute ago, so that APIs whose clocks are behind learn of revoked tokens', async () => {
    const { json, database } = await openOffice([realmWith()]);
    const { revokedTokens } = database.stores;
    await revokedTokens.add('main', 'recent', NOW - 59_999);
    await revokedTokens.add('main', 'old', NOW - 60_000);
    expect(await json(['sweep'], { now: NOW })).toMatchObject({ expired: 1 });
    expect(await revokedTokens.list('main', 0)).toEqual(['recent']);
  });

  test('sweeps one realm and leaves the clients of the others', async () => {
    const { json, database } = await dueOffice();
    const { realms } = await json(['sweep', '--realm', 'other'], { now: NOW });
    expect(realms).toEqual([
      { realm: 'other', outcome: 'swept', unused: 1, hibernated: 0, asleep: 0, forgotten: 0 },
    ]);
    expect((await database.stores.clients.list('main', { limit: 10 })).items).toHaveLength(7);
  });

  test(cite('says so where another process is at it', 'vestibule:lifecycle:one-node'), async () => {
    const { call, json, database } = await dueOffice();
    await database.stores.leases.take('clients:main', 'a server', NOW, NOW + 60_000);
    expect(await json(['sweep'], { now: NOW })).toEqual({
      realms: [
        { realm: 'main', outcome: 'busy' },
        { realm: 'other', outcome: 'swept', unused: 1, hibernated: 0, asleep: 0, forgotten: 0 },
      ],
      expired: 2,
      limits: 0,
    });
    const { code, stdout } = await call(['sweep', '--realm', 'main'], { now: NOW });
    expect(code).toBe(0);
    expect(stdout).toContain('Another process is sweeping the clients of main just now');
    expect((await database.stores.clients.list('main', { limit: 10 })).items).toHaveLength(7);
  });
});
