import { strict as assert } from 'node:assert';
import type { InitialAccessToken } from '@vestibule/core/registration';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS } from '../../race/race.ts';
import { initialAccessToken } from '../../sample/initial-access-token.ts';
import { HERE } from '../../sample/place.ts';
import { NOW } from '../../sample/time.ts';

const one = initialAccessToken(HERE);

/** States of a token, in each of which a use without a result can be released. */
const ANY: Readonly<Record<string, Partial<InitialAccessToken>>> = {
  spent: { maxUses: 2, uses: 2 },
  overspent: { maxUses: 2, uses: 3 },
  revoked: { uses: 1, revokedAt: NOW },
  expired: { uses: 1, expiresAt: 0 },
};

export const releaseCases: readonly StoreCase[] = [
  storeCase(
    'initialAccessTokens.release.takes-one-back',
    'a released use can be used again, and nothing else changes',
    async ({ initialAccessTokens }) => {
      await initialAccessTokens.insert({ ...one, maxUses: 1 });
      for (const _ of [1, 2]) {
        assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'counted');
        assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'refused');
        await initialAccessTokens.release('main', 'one');
        assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), { ...one, maxUses: 1 });
      }
    },
  ),
  storeCase(
    'initialAccessTokens.release.never-below-none',
    'nothing is released if no use was counted',
    async ({ initialAccessTokens }) => {
      await initialAccessTokens.insert({ ...one, maxUses: 1 });
      for (const _ of [1, 2]) await initialAccessTokens.release('main', 'one');
      assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), { ...one, maxUses: 1 });
      assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'counted');
      assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'refused');
    },
  ),
  ...Object.entries(ANY).map(([name, facts]) =>
    storeCase(
      `initialAccessTokens.release.${name}`,
      `a use of a token that is ${name} by now is taken back`,
      async ({ initialAccessTokens }) => {
        const token = { ...one, ...facts };
        await initialAccessTokens.insert(token);
        await initialAccessTokens.release('main', 'one');
        const expected = { ...token, uses: token.uses - 1 };
        assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), expected);
      },
    ),
  ),
  storeCase(
    'initialAccessTokens.release.one-alone',
    'a use of one token is released for no other, in its realm and in others',
    async ({ initialAccessTokens }) => {
      const used = { ...one, uses: 2 };
      const two = { ...initialAccessToken({ realm: 'main', key: 'two' }), uses: 2 };
      const elsewhere = { ...used, realm: 'other' };
      for (const token of [used, two, elsewhere]) await initialAccessTokens.insert(token);
      for (const [realm, hash] of [
        ['third', 'one'],
        ['main', 'three'],
        ['main', 'One'],
        ['main', one.id],
        ['other', 'one'],
      ] as const) {
        await initialAccessTokens.release(realm, hash);
      }
      assert.deepStrictEqual(await initialAccessTokens.findByHash('other', 'one'), { ...elsewhere, uses: 1 });
      assert.deepStrictEqual(await initialAccessTokens.list('main', { limit: 5 }), { items: [used, two] });
    },
  ),
  connectionCase(
    'initialAccessTokens.release',
    'a use that was released over one connection is available over every other',
    async (here, there) => {
      await here.initialAccessTokens.insert({ ...one, maxUses: 1 });
      assert.equal(await there.initialAccessTokens.use('main', 'one', NOW), 'counted');
      await here.initialAccessTokens.release('main', 'one');
      assert.equal(await there.initialAccessTokens.use('main', 'one', NOW), 'counted');
    },
  ),
  ...raceCases({
    id: 'initialAccessTokens.release.against-use',
    title: 'every use is counted and every release is subtracted',
    heat: (realm) => {
      const token = { ...initialAccessToken({ realm, key: 'one' }), maxUses: 10 * RACERS, uses: RACERS };
      return {
        prepare: ({ initialAccessTokens }) => initialAccessTokens.insert(token),
        calls: mixed(
          () => call('initialAccessTokens', 'use', realm, 'one', NOW),
          () => call('initialAccessTokens', 'release', realm, 'one'),
        ),
        judge: async (answers, { initialAccessTokens }) => {
          assert.equal(tally(answers).counted, RACERS / 2);
          assert.deepStrictEqual(await initialAccessTokens.findByHash(realm, 'one'), token);
        },
      };
    },
  }),
  ...raceCases({
    id: 'initialAccessTokens.release.never-below-none-of-20',
    title: 'as many are released as were counted, and no more',
    heat: (realm) => {
      const token = { ...initialAccessToken({ realm, key: 'one' }), uses: 2 };
      return {
        prepare: ({ initialAccessTokens }) => initialAccessTokens.insert(token),
        calls: times(RACERS, () => call('initialAccessTokens', 'release', realm, 'one')),
        judge: async (_, { initialAccessTokens }) => {
          assert.deepStrictEqual(await initialAccessTokens.findByHash(realm, 'one'), { ...token, uses: 0 });
        },
      };
    },
  }),
];
