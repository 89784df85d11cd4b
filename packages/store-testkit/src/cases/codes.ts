import { strict as assert } from 'node:assert';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/cases.ts';
import { RACERS } from '../race/race.ts';
import { codeShelf, codeValue } from '../sample/code.ts';
import { NOW } from '../sample/time.ts';
import { apartCases } from '../shelf/apart.ts';
import { copiedInCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { clocklessCases, sweepCases } from '../shelf/expiry.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

/** How long before or after it expires a code is taken, and whether it is given out. */
const MOMENTS = [
  ['a-moment-before', -1, codeValue()],
  ['at', 0, undefined],
  ['a-moment-after', 1, undefined],
] as const;

export const codeCases: readonly StoreCase[] = [
  ...keptCases(codeShelf),
  ...onceCases(codeShelf),
  ...apartCases(codeShelf),
  ...copiedInCases(codeShelf),
  ...exactKeyCases(codeShelf),
  strangeKeyCase(codeShelf, 'take', (key) => call('codes', 'take', 'main', key, 0)),
  ...clocklessCases(codeShelf),
  ...sweepCases(codeShelf),
  storeCase('codes.take.once', 'a code is given out once', async ({ codes }) => {
    await codes.put('main', 'one', codeValue(), NOW + 1);
    assert.deepStrictEqual(await codes.take('main', 'one', NOW), codeValue());
    assert.equal(await codes.take('main', 'one', NOW), undefined);
    assert.equal(await codes.take('main', 'one', NOW - 1), undefined);
  }),
  ...MOMENTS.map(([when, offset, taken]) =>
    storeCase(
      `codes.take.${when}-its-expiry`,
      `${when.replaceAll('-', ' ')} its expiry a code is ${taken === undefined ? 'not ' : ''}given out`,
      async ({ codes }) => {
        await codes.put('main', 'one', codeValue(), NOW);
        assert.deepStrictEqual(await codes.take('main', 'one', NOW + offset), taken);
      },
    ),
  ),
  storeCase('codes.take.realms-apart', 'taking in one realm leaves the others alone', async ({ codes }) => {
    for (const realm of ['main', 'other']) await codes.put(realm, 'one', codeValue(realm), NOW + 1);
    assert.deepStrictEqual(await codes.take('other', 'one', NOW), codeValue('other'));
    assert.equal(await codes.take('third', 'one', NOW), undefined);
    assert.deepStrictEqual(await codes.take('main', 'one', NOW), codeValue('main'));
  }),
  storeCase(
    'codes.put.after-take',
    'a code that was taken is not brought back until it is swept',
    async (stores) => {
      const put = (): Promise<string> => stores.codes.put('main', 'one', codeValue('again'), NOW + 9);
      await stores.codes.put('main', 'one', codeValue(), NOW);
      await stores.codes.take('main', 'one', NOW - 1);
      assert.equal(await put(), 'exists');
      assert.equal(await stores.codes.take('main', 'one', NOW - 1), undefined);
      assert.equal(await stores.sweep(NOW - 1, 100), 0);
      assert.equal(await put(), 'exists');
      assert.equal(await stores.sweep(NOW, 100), 1);
      assert.equal(await put(), 'stored');
      assert.deepStrictEqual(await stores.codes.take('main', 'one', NOW), codeValue('again'));
    },
  ),
  ...raceCases({
    id: 'codes.take.once-of-20',
    title: 'exactly one is given the code',
    heat: (key) => ({
      prepare: ({ codes }) => codes.put('main', key, codeValue(key), NOW + 1),
      calls: times(RACERS, () => call('codes', 'take', 'main', key, NOW)),
      judge: async (answers, { codes }) => {
        assert.deepStrictEqual(tally(answers), { something: 1, undefined: RACERS - 1 });
        assert.deepStrictEqual(
          answers.filter((answer) => answer !== undefined),
          [codeValue(key)],
        );
        assert.equal(await codes.take('main', key, NOW), undefined);
      },
    }),
  }),
];
