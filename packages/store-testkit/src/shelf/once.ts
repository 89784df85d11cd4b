import { strict as assert } from 'node:assert';
import { nameOf } from '../check/name-of.ts';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { perform } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { HERE } from '../sample/place.ts';
import type { Shelf } from './shelf.ts';

/** A place is used once: later insertions change nothing, and of concurrent ones exactly one succeeds. */
export function onceCases<T>({ noun, make, insert, answers, find }: Shelf<T>): readonly StoreCase[] {
  const [inserted, taken] = answers;
  return [
    storeCase(
      `${noun}.insert.never-overwrites`,
      `what is there stays, and the answer is "${taken}"`,
      async (stores) => {
        const put = async (mark: string): Promise<string> =>
          nameOf(await perform(stores, insert(make(HERE, mark))));
        assert.equal(await put('first'), inserted);
        assert.equal(await put('second'), taken);
        assert.equal(await put('first'), taken);
        assert.deepStrictEqual(await find(stores, HERE), make(HERE, 'first'));
      },
    ),
    ...raceCases({
      id: `${noun}.insert.once-of-20`,
      title: 'exactly one is stored, completely',
      heat: (key) => {
        const place = { realm: key, key };
        const records = times(RACERS, (number) => make(place, `mark-${number}`));
        return {
          calls: records.map(insert),
          judge: async (outcomes, stores) => {
            assert.deepStrictEqual(tally(outcomes), { [inserted]: 1, [taken]: RACERS - 1 });
            assert.deepStrictEqual(
              await find(stores, place),
              records[outcomes.map(nameOf).indexOf(inserted)],
            );
          },
        };
      },
    }),
  ];
}
