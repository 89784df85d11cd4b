import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { REGISTERED } from './support/realm.ts';

const DAY = 86_400_000;

describe('a client that expired before it was used', () => {
  /** The record of an expired client, and an active client. */
  async function cliWithExpiredClient() {
    const cli = await openCli();
    const { clients } = cli.database.stores;
    await cli.add({ id: 'dyn-a' });
    await cli.add({ id: 'dyn-b' });
    const client = await clients.find('main', 'dyn-b');
    if (client?.kind !== 'dynamic') throw new Error('dyn-b is not a dynamic client.');
    const { lastUsedAt: _never, ...unused } = client;
    await clients.expire({ ...unused, expiredAt: REGISTERED + 3_600_000 }, 1);
    return { ...cli, now: REGISTERED + DAY };
  }

  test(
    cite(
      'is listed only with --state expired, and displayed with whether it can be restored',
      'vestibule:lifecycle:tombstone',
    ),
    async () => {
      const { call, json, now } = await cliWithExpiredClient();
      const ids = async (...args: string[]) =>
        (await json(['clients', 'list', ...args], { now })).map(({ id }: { id: string }) => id);
      expect(await ids()).toEqual(['dyn-a']);
      expect(await ids('--state', 'gone')).toEqual([]);
      expect(await ids('--state', 'expired')).toEqual(['dyn-b']);
      expect((await call(['clients', 'list', '--state', 'expired'], { now })).stdout).toContain(
        '1 client: 1 expired',
      );
      expect(await json(['clients', 'show', 'dyn-b'], { now })).toMatchObject({
        id: 'dyn-b',
        state: 'expired',
        expiredAt: '2026-11-01T13:00:00.000Z',
      });
      const shown = await call(['clients', 'show', 'dyn-b'], { now });
      expect(shown.stdout).toContain(
        'expired since 2026-11-01 13:00Z, never used; a person’s consent restores it',
      );
      const later = await call(['clients', 'show', 'dyn-b'], { now: now + 31 * DAY });
      expect(later.stdout).toContain('it can no longer be restored');
    },
  );

  test(cite('is deleted permanently', 'vestibule:lifecycle:never-restored'), async () => {
    const { call, database, now } = await cliWithExpiredClient();
    expect(await call(['clients', 'delete', 'dyn-b', '--yes'], { now })).toMatchObject({ code: 0 });
    expect(await database.stores.clients.findExpired('main', 'dyn-b')).toBeUndefined();
    expect(await call(['clients', 'delete', 'dyn-b', '--yes'], { now })).toMatchObject({ code: 1 });
  });

  test('cannot be blocked, and the message suggests to delete it', async () => {
    const { call, now } = await cliWithExpiredClient();
    expect(await call(['clients', 'block', 'dyn-b'], { now })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'To keep it from being restored, delete it: vestibule clients delete dyn-b',
      ),
    });
  });
});
