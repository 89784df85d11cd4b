import { strict as assert } from 'node:assert';
import { inspect } from 'node:util';
import { scramble } from '../check/scramble.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import type { LongList } from './long-list.ts';
import { walk } from './walk.ts';

/** The numbers of items, of items on a page, and of the resulting pages. */
const SIZES = [
  [0, 5, 1],
  [1, 1, 1],
  [5, 100, 1],
  [6, 3, 2],
  [7, 3, 3],
  [12, 1, 12],
] as const;

/** A list has the same items for every page size, and is consistent during writes. */
export function listCases<T>({ noun, make, add, list }: LongList<T>): readonly StoreCase[] {
  const sorted = (items: readonly T[]): readonly string[] =>
    items.map((item) => inspect(item, { sorted: true, depth: Infinity })).toSorted();
  const pages = SIZES.map(([count, limit, expected]) =>
    storeCase(
      `${noun}.list.${count}-by-${limit}`,
      `${count} items by ${limit} come on ${expected} pages, each once, and the last one has no next`,
      async (stores) => {
        const items = times(count, (number) => make('main', number));
        for (const item of items) await add(stores, item);
        const read = await walk((page) => list(stores, 'main', page), limit);
        assert.equal(read.length, expected);
        assert.deepStrictEqual(sorted(read.flat()), sorted(items));
      },
    ),
  );
  return [
    ...pages,
    storeCase(
      `${noun}.list.order-stays`,
      'the order is the same every time and for pages of every size',
      async (stores) => {
        for (const item of times(20, (number) => make('main', number))) await add(stores, item);
        const whole = await list(stores, 'main', { limit: 100 });
        for (const limit of [1, 3, 7, 20, 100]) {
          const read = await walk((page) => list(stores, 'main', page), limit);
          assert.deepStrictEqual({ limit, items: read.flat() }, { limit, items: whole.items });
        }
      },
    ),
    storeCase(
      `${noun}.list.realms-apart`,
      'other realms have lists of their own, and take no room on a page',
      async (stores) => {
        const realms = ['main', 'other', 'mai', 'main-'];
        for (const number of times(12, Number)) {
          for (const realm of realms) await add(stores, make(realm, number));
        }
        for (const realm of realms) {
          const read = await walk((page) => list(stores, realm, page), 4);
          assert.deepStrictEqual(
            read.map(({ length }) => length),
            [4, 4, 4],
          );
          assert.deepStrictEqual(sorted(read.flat()), sorted(times(12, (number) => make(realm, number))));
        }
        assert.deepStrictEqual(await list(stores, 'third', { limit: 4 }), { items: [] });
      },
    ),
    storeCase(
      `${noun}.list.stays-true`,
      'items that were there all the time are met once, whatever is added meanwhile',
      async (stores) => {
        const items = times(20, (number) => make('main', number));
        for (const item of items) await add(stores, item);
        const addMore = async (page: number): Promise<void> => {
          if (page > 6) return;
          for (const number of times(7, (n) => 20 + 7 * (page - 1) + n)) {
            await add(stores, make('main', number));
          }
        };
        const met = sorted((await walk((page) => list(stores, 'main', page), 3, addMore)).flat());
        assert.deepStrictEqual(met, [...new Set(met)], 'an item was met twice');
        const known = sorted(items);
        assert.deepStrictEqual(
          met.filter((item) => known.includes(item)),
          known,
        );
      },
    ),
    storeCase(
      `${noun}.list.copies`,
      'changing what was listed changes nothing that is kept',
      async (stores) => {
        await add(stores, make('main', 0));
        scramble(await list(stores, 'main', { limit: 5 }));
        assert.deepStrictEqual(await list(stores, 'main', { limit: 5 }), { items: [make('main', 0)] });
      },
    ),
  ];
}
