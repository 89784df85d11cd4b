import { strict as assert } from 'node:assert';
import { nameOf } from '../check/name-of.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { perform } from '../race/call.ts';
import type { Shelf } from './shelf.ts';

const KEY = 'Key-_1';

/** Keys that collations, patterns and numeric comparisons confuse with the one above. */
const LIKE_IT = [
  'key-_1',
  'KEY-_1',
  'Key-_1 ',
  ' Key-_1',
  'Key-_',
  'Key--1',
  'Kéy-_1',
  'Key-_%',
  'Key-*',
  'Key-_01',
];

/** Keys are compared byte by byte. */
export const exactKeyCases = <T>({ noun, make, insert, answers, find }: Shelf<T>): readonly StoreCase[] => [
  storeCase(
    `${noun}.exact-keys`,
    'keys are told apart to the byte: case, accents, spaces and wildcards count',
    async (stores) => {
      const place = { realm: 'main', key: KEY };
      await perform(stores, insert(make(place, 'mine')));
      for (const key of LIKE_IT) {
        assert.deepStrictEqual([key, await find(stores, { realm: 'main', key })], [key, undefined]);
      }
      for (const key of ['key-_1', 'Key--1']) {
        const answer = nameOf(await perform(stores, insert(make({ realm: 'main', key }, key))));
        assert.deepStrictEqual([key, answer], [key, answers[0]]);
      }
      assert.deepStrictEqual(await find(stores, place), make(place, 'mine'));
    },
  ),
];
