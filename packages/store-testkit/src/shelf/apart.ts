import { strict as assert } from 'node:assert';
import { nameOf } from '../check/name-of.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { perform } from '../race/call.ts';
import type { Place } from '../sample/place.ts';
import type { Shelf } from './shelf.ts';

/** Places that are easily confused. */
const PLACES: Readonly<Record<string, readonly Place[]>> = {
  'the same key in two realms': [
    { realm: 'main', key: 'one' },
    { realm: 'other', key: 'one' },
  ],
  'realms and keys that read the same one after the other': [
    { realm: 'a', key: 'b-c' },
    { realm: 'a-b', key: 'c' },
    { realm: 'a-b-c', key: '-' },
  ],
};

/** Realms are separate. */
export const apartCases = <T>({ noun, make, insert, answers, find }: Shelf<T>): readonly StoreCase[] => [
  storeCase(`${noun}.realms-apart`, 'the same key in two realms is two records', async (stores) => {
    for (const [name, places] of Object.entries(PLACES)) {
      for (const place of places) {
        const answer = nameOf(await perform(stores, insert(make(place, `of-${place.realm}`))));
        assert.deepStrictEqual({ name, place, answer }, { name, place, answer: answers[0] });
      }
      for (const place of places) {
        assert.deepStrictEqual(await find(stores, place), make(place, `of-${place.realm}`));
      }
    }
  }),
  storeCase(`${noun}.realms-apart.unknown`, 'what one realm has is unknown in another', async (stores) => {
    await perform(stores, insert(make({ realm: 'main', key: 'one' })));
    for (const realm of ['other', 'mai', 'main-', 'Main', '']) {
      assert.deepStrictEqual([realm, await find(stores, { realm, key: 'one' })], [realm, undefined]);
    }
    const mine = { realm: 'main', key: 'one' };
    assert.deepStrictEqual(await find(stores, mine), make(mine));
  }),
];
