import { strict as assert } from 'node:assert';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { revokedTokenShelf } from '../sample/revoked-token.ts';
import { NOW } from '../sample/time.ts';
import { apartCases } from '../shelf/apart.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { clocklessCases, sweepCases } from '../shelf/expiry.ts';
import { keptCases } from '../shelf/kept.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

export const revokedTokenCases: readonly StoreCase[] = [
  ...keptCases(revokedTokenShelf),
  ...apartCases(revokedTokenShelf),
  ...exactKeyCases(revokedTokenShelf),
  strangeKeyCase(revokedTokenShelf, 'has', (id) => call('revokedTokens', 'has', 'main', id), false),
  ...clocklessCases(revokedTokenShelf),
  ...sweepCases(revokedTokenShelf),
  storeCase(
    'revokedTokens.list.limit',
    'at most as many are listed as requested',
    async ({ revokedTokens }) => {
      for (const id of ['a', 'b', 'c']) await revokedTokens.add('main', id, NOW + 1);
      assert.equal((await revokedTokens.list('main', NOW, 2)).length, 2);
      assert.equal((await revokedTokens.list('main', NOW, 3)).length, 3);
      assert.equal((await revokedTokens.list('main', NOW)).length, 3);
    },
  ),
  storeCase(
    'revokedTokens.list.unexpired',
    'the tokens of a realm are listed until the exact instant at which they expire, and are known until they are swept',
    async (stores) => {
      const { revokedTokens } = stores;
      assert.deepStrictEqual(await revokedTokens.list('main', NOW), []);
      for (const offset of [2, -1, 1, 0]) await revokedTokens.add('main', `at${offset}`, NOW + offset);
      await revokedTokens.add('other', 'elsewhere', NOW + 1);
      assert.deepStrictEqual((await revokedTokens.list('main', NOW)).toSorted(), ['at1', 'at2']);
      assert.deepStrictEqual(await revokedTokens.list('other', NOW), ['elsewhere']);
      assert.deepStrictEqual(await revokedTokens.list('third', NOW), []);
      assert.equal(await revokedTokens.has('main', 'at-1'), true);
      await stores.sweep(NOW, 100);
      assert.equal(await revokedTokens.has('main', 'at-1'), false);
      assert.deepStrictEqual((await revokedTokens.list('main', 0)).toSorted(), ['at1', 'at2']);
    },
  ),
  ...[
    ['later', 9],
    ['sooner', -9],
  ].map(([name, offset]) =>
    storeCase(
      `revokedTokens.add.again-${name}`,
      `adding a token again, to expire ${name}, changes nothing`,
      async (stores) => {
        const { revokedTokens } = stores;
        await revokedTokens.add('main', 'one', NOW);
        await revokedTokens.add('main', 'one', NOW + Number(offset));
        assert.deepStrictEqual(await revokedTokens.list('main', NOW - 1), ['one']);
        assert.deepStrictEqual(await revokedTokens.list('main', NOW), []);
        assert.deepStrictEqual([await stores.sweep(NOW - 1, 100), await stores.sweep(NOW, 100)], [0, 1]);
        assert.equal(await revokedTokens.has('main', 'one'), false);
      },
    ),
  ),
  connectionCase(
    'revokedTokens.add',
    'a revoked token is listed over every connection',
    async (here, there) => {
      assert.equal(await there.revokedTokens.has('main', 'one'), false);
      await here.revokedTokens.add('main', 'one', NOW + 1);
      assert.equal(await there.revokedTokens.has('main', 'one'), true);
      assert.deepStrictEqual(await there.revokedTokens.list('main', NOW), ['one']);
    },
  ),
  ...raceCases({
    id: 'revokedTokens.add.once-of-20',
    title: 'a token is added once, and no call fails',
    heat: (realm) => ({
      calls: times(RACERS, () => call('revokedTokens', 'add', realm, 'one', NOW + 1)),
      judge: async (answers, { revokedTokens }) => {
        assert.deepStrictEqual(tally(answers), { added: 1, known: RACERS - 1 });
        assert.deepStrictEqual(await revokedTokens.list(realm, NOW), ['one']);
      },
    }),
  }),
];
