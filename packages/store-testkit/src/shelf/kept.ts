import { strict as assert } from 'node:assert';
import { nameOf } from '../check/name-of.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { perform } from '../race/call.ts';
import { HERE } from '../sample/place.ts';
import type { Shelf } from './shelf.ts';

/** Records are returned unchanged: each sample, and one over another connection. */
export function keptCases<T>({ noun, make, samples, insert, answers, find }: Shelf<T>): readonly StoreCase[] {
  const kept = Object.entries(samples).map(([name, record]) =>
    storeCase(
      `${noun}.kept.${name}`,
      `what was put comes back as it was: ${name.replaceAll('-', ' ')}`,
      async (stores) => {
        assert.equal(nameOf(await perform(stores, insert(record))), answers[0]);
        assert.deepStrictEqual(await find(stores, HERE), record);
      },
    ),
  );
  return [
    ...kept,
    storeCase(
      `${noun}.kept.after-looking`,
      'what was looked for in vain is found once it is there',
      async (stores) => {
        assert.equal(await find(stores, HERE), undefined);
        assert.equal(nameOf(await perform(stores, insert(make(HERE)))), answers[0]);
        assert.deepStrictEqual(await find(stores, HERE), make(HERE));
      },
    ),
    connectionCase(
      `${noun}.kept`,
      'what is put over one connection is found over another at once',
      async (here, there) => {
        assert.equal(await find(there, HERE), undefined);
        await perform(here, insert(make(HERE)));
        assert.deepStrictEqual(await find(there, HERE), make(HERE));
      },
    ),
  ];
}
