import { strict as assert } from 'node:assert';
import { scramble } from '../check/scramble.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { perform } from '../race/call.ts';
import { HERE } from '../sample/place.ts';
import type { Shelf } from './shelf.ts';

/** Stored records are copies of the arguments. */
export const copiedInCases = <T>({ noun, samples, insert, find }: Shelf<T>): readonly StoreCase[] => [
  storeCase(
    `${noun}.copies.in`,
    'changing what was put changes nothing that is kept, at any depth',
    async (stores) => {
      const [sample] = Object.values(samples);
      const record = structuredClone(sample);
      if (record === undefined) return;
      await perform(stores, insert(record));
      scramble(record);
      assert.deepStrictEqual(await find(stores, HERE), sample);
    },
  ),
];

/** Results are copies: for shelves from which a record can be found more than once. */
export const copiedOutCases = <T>({ noun, samples, insert, find }: Shelf<T>): readonly StoreCase[] => [
  storeCase(
    `${noun}.copies.out`,
    'changing what was found changes nothing that is kept, at any depth',
    async (stores) => {
      const [sample] = Object.values(samples);
      if (sample === undefined) return;
      await perform(stores, insert(sample));
      scramble(await find(stores, HERE));
      assert.deepStrictEqual(await find(stores, HERE), sample);
    },
  ),
];
