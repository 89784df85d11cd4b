import { strict as assert } from 'node:assert';
import type { GrantStore } from '@vestibule/server';
import { times } from '../../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS } from '../../race/race.ts';
import { grant, grantShelf } from '../../sample/grant.ts';
import { NOW } from '../../sample/time.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';
import { GRACE, LIFETIME, MAIN, openFamily, rotateThrough, rotation } from './family.ts';

/** Sorted, because the order has no meaning. */
const ended = async (grants: GrantStore, since: number, realm = 'main'): Promise<readonly string[]> =>
  (await grants.listEnded(realm, since)).toSorted();

export const listEndedCases: readonly StoreCase[] = [
  storeCase('grants.listEnded.limit', 'at most as many are listed as requested', async ({ grants }) => {
    for (const key of ['a', 'b', 'c']) {
      await grants.insert(grantShelf.make({ realm: 'main', key }));
      await grants.open({ realm: 'main', id: key, at: NOW, expiresAt: NOW + 1 });
      await grants.end('main', key, NOW);
    }
    assert.equal((await grants.listEnded('main', NOW, 2)).length, 2);
    assert.equal((await grants.listEnded('main', NOW, 3)).length, 3);
    assert.equal((await grants.listEnded('main', NOW)).length, 3);
  }),
  strangeKeyCase(grantShelf, 'listEnded', (realm) => call('grants', 'listEnded', realm, 0), []),
  storeCase(
    'grants.listEnded.since',
    'grants that ended are listed from the exact instant on',
    async ({ grants }) => {
      for (const offset of [1, -1, 0]) {
        const id = `at${offset}`;
        await openFamily(grants, { ...MAIN, id }, `r1-${id}`);
        await grants.end('main', id, NOW + offset);
      }
      assert.deepStrictEqual(await ended(grants, NOW - 1), ['at-1', 'at0', 'at1']);
      assert.deepStrictEqual(await ended(grants, NOW), ['at0', 'at1']);
      assert.deepStrictEqual(await ended(grants, NOW + 1), ['at1']);
      assert.deepStrictEqual(await ended(grants, NOW + 2), []);
    },
  ),
  storeCase(
    'grants.listEnded.however',
    'a grant is listed however it ended, opened or not, and a living one is not',
    async ({ grants }) => {
      for (const id of ['ended', 'replayed', 'lives']) await openFamily(grants, { ...MAIN, id }, `r1-${id}`);
      await grants.insert({ ...grant({ realm: 'main', key: 'never-opened' }), clientId: 'other' });
      await grants.insert(grant({ realm: 'main', key: 'not-yet-opened' }));
      assert.deepStrictEqual(await ended(grants, 0), []);
      await grants.end('main', 'ended', NOW);
      await grants.endAll('main', 'other', NOW);
      await rotateThrough(grants, ['r1-replayed', 'r2', 'r3']);
      await grants.rotate(rotation('r1-replayed', 'x', NOW + GRACE));
      assert.deepStrictEqual(await ended(grants, 0), ['ended', 'never-opened', 'replayed']);
      assert.deepStrictEqual(await ended(grants, NOW + GRACE), ['replayed']);
    },
  ),
  storeCase(
    'grants.listEnded.kept',
    'a grant that ended is listed until it is swept, and its first end counts',
    async (stores) => {
      const { grants } = stores;
      await openFamily(grants);
      await grants.end('main', 'one', NOW);
      await grants.end('main', 'one', NOW + 5);
      await grants.endAll('main', 'notes', NOW + 5);
      assert.deepStrictEqual(await ended(grants, NOW + 1), []);
      await stores.sweep(NOW + LIFETIME - 1, 100);
      assert.deepStrictEqual(await ended(grants, NOW), ['one']);
      await stores.sweep(NOW + LIFETIME, 100);
      assert.deepStrictEqual(await ended(grants, NOW), []);
    },
  ),
  storeCase('grants.listEnded.realms-apart', 'each realm has its own ended grants', async ({ grants }) => {
    for (const realm of ['main', 'other']) await openFamily(grants, { realm, id: `in-${realm}` });
    await grants.end('other', 'in-other', NOW);
    assert.deepStrictEqual(await ended(grants, 0), []);
    assert.deepStrictEqual(await ended(grants, 0, 'other'), ['in-other']);
  }),
  connectionCase(
    'grants.listEnded',
    'a grant that ended is listed over every connection',
    async (here, there) => {
      await openFamily(here.grants);
      assert.deepStrictEqual(await there.grants.listEnded('main', 0), []);
      await here.grants.end('main', 'one', NOW);
      assert.deepStrictEqual(await there.grants.listEnded('main', 0), ['one']);
    },
  ),
  ...raceCases({
    id: 'grants.listEnded.against-end',
    title: 'every grant that ended is listed once',
    heat: (realm) => {
      const ids = times(RACERS, (number) => `grant-${number}`);
      return {
        prepare: async ({ grants }) => {
          for (const id of ids) await openFamily(grants, { realm, id }, `r1-${id}`);
        },
        calls: mixed(
          (number) => call('grants', 'end', realm, `grant-${number}`, NOW),
          () => call('grants', 'listEnded', realm, NOW),
        ),
        judge: async (_, { grants }) => {
          const expected = ids.filter((_id, number) => number % 4 < 2).toSorted();
          assert.deepStrictEqual(await ended(grants, NOW, realm), expected);
        },
      };
    },
  }),
];
