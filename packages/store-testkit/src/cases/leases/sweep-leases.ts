import { strict as assert } from 'node:assert';
import { times } from '../../check/times.ts';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { NOW, YEAR_9999 } from '../../sample/time.ts';

export const leaseSweepCases: readonly StoreCase[] = [
  storeCase(
    'leases.sweep.expired',
    'leases that have expired are swept, at the exact instant, and no others',
    async (stores) => {
      const { leases } = stores;
      for (const offset of [-1, 0, 1]) await leases.take(`at${offset}`, 'a', NOW - 5, NOW + offset);
      assert.equal(await stores.sweep(NOW, 100), 2);
      assert.equal(await stores.sweep(NOW, 100), 0);
      // At this earlier time they would not be free, except that they were swept.
      const taken = [];
      for (const offset of [-1, 0, 1]) taken.push(await leases.take(`at${offset}`, 'b', NOW - 5, YEAR_9999));
      assert.deepStrictEqual(taken, [true, true, false]);
    },
  ),
  storeCase('leases.sweep.renewed', 'a lease is deleted by its latest expiry', async (stores) => {
    const { leases } = stores;
    await leases.take('work', 'a', NOW - 5, NOW - 1);
    await leases.take('work', 'a', NOW - 2, NOW + 5);
    assert.equal(await stores.sweep(NOW, 100), 0);
    assert.equal(await leases.take('work', 'b', NOW, NOW + 9), false);
  }),
  storeCase(
    'leases.sweep.limit',
    'a sweep deletes at most as many leases as allowed, and returns how many',
    async (stores) => {
      for (const number of times(5, Number)) await stores.leases.take(`work-${number}`, 'a', NOW - 5, NOW);
      const swept = [];
      for (let i = 0; i < 4; i += 1) swept.push(await stores.sweep(NOW, 2));
      assert.deepStrictEqual(swept, [2, 2, 1, 0]);
    },
  ),
];
