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
import { NOW, YEAR_9999 } from '../../sample/time.ts';

const one = initialAccessToken(HERE);

/** The times relative to its expiry at which a token is used, and the results. */
const MOMENTS = [
  ['a-moment-before', -1, 'counted'],
  ['at', 0, 'refused'],
  ['a-moment-after', 1, 'refused'],
] as const;

const USELESS: Readonly<Record<string, Partial<InitialAccessToken>>> = {
  spent: { maxUses: 2, uses: 2 },
  overspent: { maxUses: 2, uses: 3 },
  'for-no-use': { maxUses: 0 },
  revoked: { revokedAt: YEAR_9999 },
  'revoked-in-1970': { revokedAt: 0 },
};

export const useCases: readonly StoreCase[] = [
  storeCase(
    'initialAccessTokens.use.counts',
    'each use is counted, and nothing else changes, until none is left',
    async ({ initialAccessTokens }) => {
      await initialAccessTokens.insert(one);
      for (const uses of [1, 2, 3]) {
        assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'counted');
        assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), { ...one, uses });
      }
      for (const now of [NOW, 0]) assert.equal(await initialAccessTokens.use('main', 'one', now), 'refused');
      assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), { ...one, uses: 3 });
    },
  ),
  ...MOMENTS.map(([when, offset, outcome]) =>
    storeCase(
      `initialAccessTokens.use.${when}-its-expiry`,
      `${when.replaceAll('-', ' ')} its expiry a use is ${outcome}`,
      async ({ initialAccessTokens }) => {
        await initialAccessTokens.insert({ ...one, expiresAt: NOW });
        assert.equal(await initialAccessTokens.use('main', 'one', NOW + offset), outcome);
        const kept = await initialAccessTokens.findByHash('main', 'one');
        assert.equal(kept?.uses, outcome === 'counted' ? 1 : 0);
      },
    ),
  ),
  ...Object.entries(USELESS).map(([name, facts]) =>
    storeCase(
      `initialAccessTokens.use.${name}`,
      `a token that is ${name.replaceAll('-', ' ')} is refused, stays as it is and is found`,
      async ({ initialAccessTokens }) => {
        const token = { ...one, ...facts };
        await initialAccessTokens.insert(token);
        assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'refused');
        assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), token);
      },
    ),
  ),
  storeCase(
    'initialAccessTokens.use.one-alone',
    'a use of one token counts for no other, in its realm and in others',
    async ({ initialAccessTokens }) => {
      const two = initialAccessToken({ realm: 'main', key: 'two' });
      const elsewhere = { ...one, realm: 'other' };
      for (const token of [one, two, elsewhere]) await initialAccessTokens.insert(token);
      for (const [realm, hash] of [
        ['third', 'one'],
        ['main', 'three'],
        ['main', 'One'],
        ['main', one.id],
      ] as const) {
        assert.equal(await initialAccessTokens.use(realm, hash, NOW), 'refused');
      }
      assert.equal(await initialAccessTokens.use('other', 'one', NOW), 'counted');
      assert.deepStrictEqual(await initialAccessTokens.findByHash('other', 'one'), { ...elsewhere, uses: 1 });
      assert.deepStrictEqual(await initialAccessTokens.list('main', { limit: 5 }), { items: [one, two] });
    },
  ),
  connectionCase(
    'initialAccessTokens.use',
    'uses are counted together over every connection',
    async (here, there) => {
      await here.initialAccessTokens.insert(one);
      for (const { initialAccessTokens } of [there, here, there]) {
        assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'counted');
      }
      assert.equal(await here.initialAccessTokens.use('main', 'one', NOW), 'refused');
      assert.equal((await here.initialAccessTokens.findByHash('main', 'one'))?.uses, 3);
    },
  ),
  ...raceCases({
    id: 'initialAccessTokens.use.as-many-as-are-left',
    title: 'exactly as many uses are counted as are left',
    heat: (realm) => {
      const token = { ...initialAccessToken({ realm, key: 'one' }), maxUses: 9, uses: 2 };
      return {
        prepare: ({ initialAccessTokens }) => initialAccessTokens.insert(token),
        calls: times(RACERS, () => call('initialAccessTokens', 'use', realm, 'one', NOW)),
        judge: async (answers, { initialAccessTokens }) => {
          assert.deepStrictEqual(tally(answers), { counted: 7, refused: RACERS - 7 });
          assert.deepStrictEqual(await initialAccessTokens.findByHash(realm, 'one'), { ...token, uses: 9 });
        },
      };
    },
  }),
  ...raceCases({
    id: 'initialAccessTokens.use.against-revoke',
    title: 'a revoked token stays revoked, and every counted use is kept',
    heat: (realm) => {
      const token = { ...initialAccessToken({ realm, key: 'one' }), maxUses: RACERS };
      return {
        prepare: ({ initialAccessTokens }) => initialAccessTokens.insert(token),
        calls: mixed(
          () => call('initialAccessTokens', 'use', realm, 'one', NOW),
          () => call('initialAccessTokens', 'revoke', realm, token.id, NOW),
        ),
        judge: async (answers, { initialAccessTokens }) => {
          const { counted = 0, revoked } = tally(answers);
          assert.equal(revoked, RACERS / 2);
          const expected = { ...token, uses: counted, revokedAt: NOW };
          assert.deepStrictEqual(await initialAccessTokens.findByHash(realm, 'one'), expected);
          assert.equal(await initialAccessTokens.use(realm, 'one', NOW), 'refused');
        },
      };
    },
  }),
];
