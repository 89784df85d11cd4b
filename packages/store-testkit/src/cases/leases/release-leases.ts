import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { NOW } from '../../sample/time.ts';

export const releaseCases: readonly StoreCase[] = [
  storeCase('leases.release.frees', 'a released lease is free at once', async ({ leases }) => {
    await leases.take('work', 'a', NOW, NOW + 5);
    await leases.release('work', 'a');
    await leases.release('work', 'a');
    assert.equal(await leases.take('work', 'b', NOW, NOW + 5), true);
    assert.equal(await leases.take('work', 'a', NOW, NOW + 5), false);
  }),
  storeCase(
    'leases.release.by-another',
    'only the holder releases a lease, expired or not',
    async ({ leases }) => {
      await leases.release('work', 'b');
      await leases.take('work', 'a', NOW, NOW + 5);
      for (const holder of ['b', 'A', 'a ', '']) await leases.release('work', holder);
      assert.equal(await leases.take('work', 'b', NOW, NOW + 5), false);
      await leases.take('work', 'b', NOW + 5, NOW + 9);
      await leases.release('work', 'a');
      assert.equal(await leases.take('work', 'a', NOW + 6, NOW + 9), false);
    },
  ),
  storeCase('leases.release.one-alone', 'releasing one lease leaves the others alone', async ({ leases }) => {
    for (const name of ['work', 'Work']) await leases.take(name, 'a', NOW, NOW + 5);
    await leases.release('Work', 'a');
    assert.equal(await leases.take('work', 'b', NOW, NOW + 5), false);
    assert.equal(await leases.take('Work', 'b', NOW, NOW + 5), true);
  }),
];
