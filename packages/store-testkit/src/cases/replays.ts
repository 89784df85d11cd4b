import { strict as assert } from 'node:assert';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call, sweepCall } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { mixed } from '../race/mixed.ts';
import { RACERS } from '../race/race.ts';
import { NOW, YEAR_9999 } from '../sample/time.ts';

export const replayCases: readonly StoreCase[] = [
  storeCase(
    'replays.note.once',
    'a key is first once, and repeated from then on, expired or not',
    async ({ replays }) => {
      for (const expiresAt of [1, NOW, YEAR_9999]) {
        const answers = [];
        for (let i = 0; i < 3; i += 1) answers.push(await replays.note('main', `k${expiresAt}`, expiresAt));
        assert.deepStrictEqual(answers, ['first', 'repeated', 'repeated']);
      }
    },
  ),
  storeCase(
    'replays.note.exact-keys',
    'keys are compared byte by byte, and so are realms',
    async ({ replays }) => {
      for (const key of ['Key-_1', 'key-_1', 'Key-_1 ', ' Key-_1', 'Key-_', 'Key--1', 'Kéy-_1', 'Key-_%']) {
        assert.deepStrictEqual([key, await replays.note('main', key, NOW)], [key, 'first']);
      }
      for (const [realm, key] of [
        ['other', 'Key-_1'],
        ['a', 'b-c'],
        ['a-b', 'c'],
        ['Main', 'Key-_1'],
      ] as const) {
        assert.deepStrictEqual([realm, await replays.note(realm, key, NOW)], [realm, 'first']);
        assert.deepStrictEqual([realm, await replays.note(realm, key, NOW)], [realm, 'repeated']);
      }
    },
  ),
  storeCase(
    'replays.has',
    'exactly the noted keys of a realm are known, expired or not',
    async ({ replays }) => {
      for (const expiresAt of [1, NOW, YEAR_9999]) await replays.note('main', `K-${expiresAt}`, expiresAt);
      for (const [realm, key, expected] of [
        ['main', 'K-1', true],
        ['main', `K-${NOW}`, true],
        ['main', `K-${YEAR_9999}`, true],
        ['other', 'K-1', false],
        ['main', 'k-1', false],
        ['main', 'K-', false],
        ['main', 'K-%', false],
        ['main', '', false],
      ] as const) {
        assert.deepStrictEqual([realm, key, await replays.has(realm, key)], [realm, key, expected]);
      }
    },
  ),
  storeCase('replays.has.swept', 'a key is not known after its sweep', async (stores) => {
    await stores.replays.note('main', 'one', NOW);
    assert.equal(await stores.sweep(NOW, 100), 1);
    assert.equal(await stores.replays.has('main', 'one'), false);
  }),
  connectionCase(
    'replays.note',
    'a key used over one connection is repeated over another',
    async (here, there) => {
      assert.equal(await here.replays.note('main', 'one', NOW), 'first');
      assert.equal(await there.replays.has('main', 'one'), true);
      assert.equal(await there.replays.note('main', 'one', NOW), 'repeated');
    },
  ),
  ...[
    ['later', 9],
    ['sooner', -9],
  ].map(([name, offset]) =>
    storeCase(
      `replays.note.again-${name}`,
      `noting a key again, to expire ${name}, changes nothing`,
      async (stores) => {
        const { replays } = stores;
        await replays.note('main', 'one', NOW);
        await replays.note('main', 'one', NOW + Number(offset));
        assert.equal(await stores.sweep(NOW - 1, 100), 0);
        assert.equal(await replays.note('main', 'one', NOW), 'repeated');
        assert.equal(await stores.sweep(NOW, 100), 1);
      },
    ),
  ),
  storeCase(
    'replays.sweep.expired',
    'expired keys are swept, at the exact instant, and are first again',
    async (stores) => {
      const { replays } = stores;
      const note = async (): Promise<readonly string[]> => {
        const answers = [];
        for (const offset of [-1, 0, 1]) {
          answers.push(await replays.note('main', `at${offset}`, NOW + offset));
        }
        return answers;
      };
      assert.deepStrictEqual(await note(), ['first', 'first', 'first']);
      assert.equal(await stores.sweep(NOW, 100), 2);
      assert.equal(await stores.sweep(NOW, 100), 0);
      assert.deepStrictEqual(await note(), ['first', 'first', 'repeated']);
    },
  ),
  storeCase(
    'replays.sweep.limit',
    'a sweep deletes at most as many keys as allowed, and returns how many',
    async (stores) => {
      const { replays } = stores;
      for (const number of times(25, Number)) await replays.note(`realm-${number % 2}`, `key-${number}`, NOW);
      const swept = [];
      for (let i = 0; i < 4; i += 1) swept.push(await stores.sweep(NOW, 10));
      assert.deepStrictEqual(swept, [10, 10, 5, 0]);
    },
  ),
  ...raceCases({
    id: 'replays.note.once-of-20',
    title: 'exactly one is the first',
    heat: (key) => ({
      calls: times(RACERS, () => call('replays', 'note', 'main', key, NOW)),
      judge: async (answers, { replays }) => {
        assert.deepStrictEqual(tally(answers), { first: 1, repeated: RACERS - 1 });
        assert.equal(await replays.note('main', key, NOW), 'repeated');
      },
    }),
  }),
  ...raceCases({
    id: 'replays.note.against-sweep',
    title: 'at most one is the first again where an expired key is swept',
    heat: (key) => ({
      prepare: ({ replays }) => replays.note('main', key, NOW),
      calls: mixed(
        () => call('replays', 'note', 'main', key, NOW + 1),
        () => sweepCall(NOW, 100),
      ),
      judge: async (answers, { replays }) => {
        const { first = 0 } = tally(answers);
        assert.ok(first <= 1, `${first} of them were the first`);
        assert.equal(await replays.note('main', key, NOW + 1), first === 1 ? 'repeated' : 'first');
      },
    }),
  }),
];
