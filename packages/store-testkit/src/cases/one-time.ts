import { strict as assert } from 'node:assert';
import { scramble } from '../check/scramble.ts';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { codes } from '../sample/code.ts';
import { finishedSignIns } from '../sample/finished-sign-in.ts';
import type { OneTimeKind } from '../sample/one-time-value.ts';
import { pushedRequests } from '../sample/pushed-request.ts';
import { NOW } from '../sample/time.ts';
import { apartCases } from '../shelf/apart.ts';
import { copiedInCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { clocklessCases, sweepCases } from '../shelf/expiry.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

/** The times relative to its expiry at which a value is consumed, and whether it is returned. */
const MOMENTS = [
  ['a-moment-before', -1, true],
  ['at', 0, false],
  ['a-moment-after', 1, false],
] as const;

/** The cases for one-time values of one kind. */
function oneTimeCases<T>({ shelf, valueOf, storeOf, take, find }: OneTimeKind<T>): readonly StoreCase[] {
  const { noun } = shelf;
  return [
    ...keptCases(shelf),
    ...onceCases(shelf),
    ...apartCases(shelf),
    ...copiedInCases(shelf),
    ...exactKeyCases(shelf),
    strangeKeyCase(shelf, 'take', (key) => take('main', key, 0)),
    strangeKeyCase(shelf, 'find', (key) => find('main', key, 0)),
    ...clocklessCases(shelf),
    ...sweepCases(shelf),
    storeCase(`${noun}.take.once`, 'what was put is given out once', async (stores) => {
      const store = storeOf(stores);
      await store.put('main', 'one', valueOf(), NOW + 1);
      assert.deepStrictEqual(await store.take('main', 'one', NOW), valueOf());
      assert.equal(await store.take('main', 'one', NOW), undefined);
      assert.equal(await store.take('main', 'one', NOW - 1), undefined);
    }),
    ...MOMENTS.map(([when, offset, isGivenOut]) =>
      storeCase(
        `${noun}.take.${when}-its-expiry`,
        `${when.replaceAll('-', ' ')} its expiry it is ${isGivenOut ? '' : 'not '}given out`,
        async (stores) => {
          const store = storeOf(stores);
          await store.put('main', 'one', valueOf(), NOW);
          const taken = await store.take('main', 'one', NOW + offset);
          assert.deepStrictEqual(taken, isGivenOut ? valueOf() : undefined);
        },
      ),
    ),
    ...MOMENTS.map(([when, offset, isFound]) =>
      storeCase(
        `${noun}.find.${when}-its-expiry`,
        `${when.replaceAll('-', ' ')} its expiry it is ${isFound ? '' : 'not '}found`,
        async (stores) => {
          const store = storeOf(stores);
          await store.put('main', 'one', valueOf(), NOW);
          const found = await store.find('main', 'one', NOW + offset);
          assert.deepStrictEqual(found, isFound ? valueOf() : undefined);
        },
      ),
    ),
    storeCase(`${noun}.find.changes-nothing`, 'what was found can still be taken, once', async (stores) => {
      const store = storeOf(stores);
      for (const realm of ['main', 'other']) await store.put(realm, 'one', valueOf(realm), NOW + 1);
      for (const realm of ['main', 'other', 'main']) {
        const found = await store.find(realm, 'one', NOW);
        assert.deepStrictEqual(found, valueOf(realm));
        scramble(found);
      }
      assert.deepStrictEqual(await store.take('main', 'one', NOW), valueOf('main'));
      assert.equal(await store.find('main', 'one', NOW), undefined);
      assert.equal(await store.find('main', 'one', NOW - 1), undefined);
      assert.deepStrictEqual(await store.find('other', 'one', NOW), valueOf('other'));
    }),
    storeCase(`${noun}.take.realms-apart`, 'taking in one realm leaves the others alone', async (stores) => {
      const store = storeOf(stores);
      for (const realm of ['main', 'other']) await store.put(realm, 'one', valueOf(realm), NOW + 1);
      assert.deepStrictEqual(await store.take('other', 'one', NOW), valueOf('other'));
      assert.equal(await store.take('third', 'one', NOW), undefined);
      assert.deepStrictEqual(await store.take('main', 'one', NOW), valueOf('main'));
    }),
    connectionCase(
      `${noun}.take`,
      'what was taken over one connection is given out over no other',
      async (here, there) => {
        await storeOf(here).put('main', 'one', valueOf(), NOW + 1);
        assert.deepStrictEqual(await storeOf(there).take('main', 'one', NOW), valueOf());
        assert.equal(await storeOf(here).take('main', 'one', NOW), undefined);
      },
    ),
    storeCase(
      `${noun}.put.after-take`,
      'what was taken is not brought back until it is swept',
      async (stores) => {
        const store = storeOf(stores);
        const put = (): Promise<string> => store.put('main', 'one', valueOf('again'), NOW + 9);
        await store.put('main', 'one', valueOf(), NOW);
        await store.take('main', 'one', NOW - 1);
        assert.equal(await put(), 'exists');
        assert.equal(await store.take('main', 'one', NOW - 1), undefined);
        assert.equal(await stores.sweep(NOW - 1, 100), 0);
        assert.equal(await put(), 'exists');
        assert.equal(await stores.sweep(NOW, 100), 1);
        assert.equal(await put(), 'stored');
        assert.deepStrictEqual(await store.take('main', 'one', NOW), valueOf('again'));
      },
    ),
    ...raceCases({
      id: `${noun}.take.once-of-20`,
      title: 'exactly one gets the value',
      heat: (key) => ({
        prepare: (stores) => storeOf(stores).put('main', key, valueOf(key), NOW + 1),
        calls: times(RACERS, () => take('main', key, NOW)),
        judge: async (answers, stores) => {
          assert.deepStrictEqual(tally(answers), { something: 1, undefined: RACERS - 1 });
          assert.deepStrictEqual(
            answers.filter((answer) => answer !== undefined),
            [valueOf(key)],
          );
          assert.equal(await storeOf(stores).take('main', key, NOW), undefined);
        },
      }),
    }),
  ];
}

export const codeCases: readonly StoreCase[] = oneTimeCases(codes);

export const pushedRequestCases: readonly StoreCase[] = [
  ...oneTimeCases(pushedRequests),
  ...oneTimeCases(finishedSignIns),
  storeCase('pushedRequests.apart-from-codes', 'a key of one kind is none of the other', async (stores) => {
    await stores.codes.put('main', 'one', codes.valueOf(), NOW + 1);
    assert.equal(await stores.pushedRequests.take('main', 'one', NOW), undefined);
    assert.equal(await stores.pushedRequests.put('main', 'one', pushedRequests.valueOf(), NOW + 1), 'stored');
    assert.deepStrictEqual(await stores.pushedRequests.take('main', 'one', NOW), pushedRequests.valueOf());
    assert.deepStrictEqual(await stores.codes.take('main', 'one', NOW), codes.valueOf());
  }),
];
