import { strict as assert } from 'node:assert';
import { nameOf } from '../check/name-of.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { perform } from '../race/call.ts';
import type { Place } from '../sample/place.ts';
import { NOW, YEAR_9999 } from '../sample/time.ts';
import type { ExpiringShelf } from './shelf.ts';

const placed = (key: string): Place => ({ realm: 'main', key });

/** Records are stored until they are swept, whatever a clock says. */
export const clocklessCases = <T>({ noun, insertUntil, find }: ExpiringShelf<T>): readonly StoreCase[] => [
  storeCase(
    `${noun}.no-clock`,
    'records of 1970 and of 9999 are kept: no store looks at a clock',
    async (stores) => {
      for (const expiresAt of [1, YEAR_9999]) {
        const place = placed(`until-${expiresAt}`);
        await perform(stores, insertUntil(place, expiresAt));
        assert.notEqual(await find(stores, place), undefined, `what was kept until ${expiresAt} has gone`);
      }
    },
  ),
];

/** Sweeps delete records by the time in their argument. */
export function sweepCases<T>(shelf: ExpiringShelf<T>): readonly StoreCase[] {
  const { noun, insertUntil, answers } = shelf;
  const [inserted, taken] = answers;
  return [
    storeCase(
      `${noun}.sweep.expired`,
      'what has expired is swept, at the exact instant, and nothing else',
      async (stores) => {
        const puts = [-1, 0, 1].map((offset) => insertUntil(placed(`at${offset}`), NOW + offset));
        for (const put of puts) await perform(stores, put);
        assert.equal(await stores.sweep(NOW, 100), 2);
        assert.equal(await stores.sweep(NOW, 100), 0);
        const again = [];
        for (const put of puts) again.push(nameOf(await perform(stores, put)));
        assert.deepStrictEqual(again, [inserted, inserted, taken]);
      },
    ),
    storeCase(
      `${noun}.sweep.limit`,
      'a sweep deletes as many as it may, and says how many that were',
      async (stores) => {
        const places = times(25, (number) => ({ realm: `realm-${number % 2}`, key: `key-${number}` }));
        for (const place of places) await perform(stores, insertUntil(place, NOW - 1));
        const swept = [];
        for (let i = 0; i < 4; i += 1) swept.push(await stores.sweep(NOW, 10));
        assert.deepStrictEqual(swept, [10, 10, 5, 0]);
      },
    ),
  ];
}
