import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

const DAY = 86_400_000;
const NOW = REGISTERED + 100 * DAY;

/** Three clients that were never used, one to hibernate, one hibernated for too long, one blocked and one active. */
async function cliWithDueClients() {
  const cli = await openCli([realmWith(), realmWith({}, 'other')]);
  const { clients, sessions } = cli.database.stores;
  const unused = {
    kind: 'dynamic',
    realm: 'main',
    version: 1,
    name: 'Unused',
    redirectUris: ['https://app.example/callback'],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: REGISTERED,
    registration: {},
  } as const;
  for (const id of ['dyn-a', 'dyn-b', 'dyn-c']) await clients.insert({ ...unused, id });
  await clients.insert({ ...unused, id: 'dyn-d', realm: 'other' });
  await cli.add({ id: 'dyn-e', lastUsedAt: REGISTERED });
  const registration = { hibernatedAt: REGISTERED - 600 * DAY };
  const asleep = { lastUsedAt: REGISTERED - 800 * DAY, registration };
  await cli.add({ id: 'dyn-f', ...asleep });
  await cli.add({ id: 'dyn-g', blockedAt: REGISTERED });
  await cli.add({ id: 'dyn-h', lastUsedAt: NOW });
  for (const hash of ['one', 'two']) {
    await sessions.insert({
      realm: 'main',
      hash,
      person: { subject: 'ada', name: 'Ada' },
      authentication: { at: REGISTERED, methods: ['pwd'] },
      expiresAt: REGISTERED + 1,
    });
  }
  return cli;
}

describe('sweep', () => {
  test(
    cite(
      'hibernates and removes clients that are due in every realm, deletes expired data, and prints counts',
      'vestibule:command-line:sweep',
    ),
    async () => {
      const { call, json, database } = await cliWithDueClients();
      expect(await call(['sweep'], { now: NOW })).toEqual({
        code: 0,
        stderr: '',
        stdout: `result                                 count
main: clients expired unused           3
main: clients hibernated               1
main: hibernated clients removed       1
main: expired clients purged           0
main: clients with documents removed   0
other: clients expired unused          1
other: clients hibernated              0
other: hibernated clients removed      0
other: expired clients purged          0
other: clients with documents removed  0
expired rows deleted                   2
rate limit counters deleted            0
`,
      });
      const left = (await database.stores.clients.list('main', { limit: 10 })).items;
      expect(left.map(({ id }) => id)).toEqual(['dyn-e', 'dyn-g', 'dyn-h']);
      const { items } = await database.stores.audit.list('main', { limit: 10 });
      expect(items.map(({ type }) => type).toSorted()).toEqual([
        'client.hibernated',
        ...Array.from({ length: 4 }, () => 'client.removed'),
      ]);
      const nothing = { outcome: 'swept', unused: 0, hibernated: 0, asleep: 0, forgotten: 0, documents: 0 };
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
      'sweeps in batches until nothing is left, and prints its progress on a terminal',
      'vestibule:lifecycle:batches',
      'vestibule:command-line:progress',
    ),
    async () => {
      const { call } = await cliWithDueClients();
      const { stdout, stderr } = await call(['sweep', '--realm', 'main', '--batch', '1'], {
        now: NOW,
        columns: 80,
      });
      expect(stdout).toMatch(/^main: clients expired unused +3$/m);
      const clear = '\r\u001B[2K';
      expect(stderr.split(clear)).toEqual([
        '',
        'main: 3 clients',
        'main: 4 clients',
        'main: 5 clients',
        'expired data: 1 row',
        'expired data: 2 rows',
        '',
      ]);
    },
  );

  test('keeps revoked tokens for a minute after their expiry, for APIs whose clocks are behind', async () => {
    const { json, database } = await openCli([realmWith()]);
    const { revokedTokens } = database.stores;
    await revokedTokens.add('main', 'recent', NOW - 59_999);
    await revokedTokens.add('main', 'old', NOW - 60_000);
    expect(await json(['sweep'], { now: NOW })).toMatchObject({ expired: 1 });
    expect(await revokedTokens.list('main', 0)).toEqual(['recent']);
  });

  test('leaves the clients of other realms with --realm', async () => {
    const { json, database } = await cliWithDueClients();
    const { realms } = await json(['sweep', '--realm', 'other'], { now: NOW });
    expect(realms).toEqual([
      { realm: 'other', outcome: 'swept', unused: 1, hibernated: 0, asleep: 0, forgotten: 0, documents: 0 },
    ]);
    expect((await database.stores.clients.list('main', { limit: 10 })).items).toHaveLength(7);
  });

  test(cite('says so if another process is sweeping', 'vestibule:lifecycle:one-node'), async () => {
    const { call, json, database } = await cliWithDueClients();
    await database.stores.leases.take('clients:main', 'a server', NOW, NOW + 60_000);
    expect(await json(['sweep'], { now: NOW })).toEqual({
      realms: [
        { realm: 'main', outcome: 'busy' },
        { realm: 'other', outcome: 'swept', unused: 1, hibernated: 0, asleep: 0, forgotten: 0, documents: 0 },
      ],
      expired: 2,
      limits: 0,
    });
    const { code, stdout } = await call(['sweep', '--realm', 'main'], { now: NOW });
    expect(code).toBe(0);
    expect(stdout).toContain('Another process is sweeping the clients of main, or was stopped');
    expect((await database.stores.clients.list('main', { limit: 10 })).items).toHaveLength(7);
  });
});
