import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { MINUTE, NOW, YEAR_9999 } from '../../sample/time.ts';

/** The times relative to the expiry of a lease at which another holder tries to take it, and whether it succeeds. */
const MOMENTS = [
  ['a-moment-before', -1, false],
  ['at', 0, true],
  ['a-moment-after', 1, true],
] as const;

export const takeCases: readonly StoreCase[] = [
  ...MOMENTS.map(([when, offset, taken]) =>
    storeCase(
      `leases.take.${when}-its-expiry`,
      `${when.replaceAll('-', ' ')} its expiry a lease is ${taken ? '' : 'not '}given to another`,
      async ({ leases }) => {
        assert.equal(await leases.take('work', 'a', NOW - MINUTE, NOW), true);
        const at = NOW + offset;
        assert.equal(await leases.take('work', 'b', at, NOW + MINUTE), taken);
        assert.equal(await leases.take('work', 'a', at, NOW + MINUTE), !taken);
      },
    ),
  ),
  storeCase('leases.take.renews', 'the holder of a lease can renew it', async ({ leases }) => {
    for (const minute of [0, 1, 2]) {
      const at = NOW + minute * MINUTE;
      assert.equal(await leases.take('work', 'a', at, at + 2 * MINUTE), true);
    }
    assert.equal(await leases.take('work', 'b', NOW + 4 * MINUTE - 1, YEAR_9999), false);
    assert.equal(await leases.take('work', 'b', NOW + 4 * MINUTE, YEAR_9999), true);
  }),
  storeCase(
    'leases.take.renews-late',
    'a former holder can take a lease again, if no other has taken it',
    async ({ leases }) => {
      await leases.take('work', 'a', NOW, NOW + 1);
      assert.equal(await leases.take('work', 'a', NOW + 5, NOW + 7), true);
      assert.equal(await leases.take('work', 'b', NOW + 6, NOW + 9), false);
      assert.equal(await leases.take('work', 'b', NOW + 7, NOW + 9), true);
      assert.equal(await leases.take('work', 'a', NOW + 8, NOW + 10), false);
      assert.equal(await leases.take('work', 'a', NOW + 9, NOW + 10), true);
    },
  ),
  storeCase('leases.take.refused-changes-nothing', 'a failed attempt extends nothing', async ({ leases }) => {
    await leases.take('work', 'a', NOW, NOW + 5);
    assert.equal(await leases.take('work', 'b', NOW + 1, YEAR_9999), false);
    assert.equal(await leases.take('work', 'c', NOW + 5, NOW + 9), true);
  }),
  storeCase(
    'leases.take.names-apart',
    'each name is a separate lease, and holders are compared byte by byte',
    async ({ leases }) => {
      for (const name of ['work', 'Work', 'work ', 'wörk', 'wor', '']) {
        assert.deepStrictEqual([name, await leases.take(name, `of ${name}`, NOW, NOW + 5)], [name, true]);
      }
      for (const holder of ['Of work', 'of work ', 'of wörk', 'of']) {
        assert.deepStrictEqual([holder, await leases.take('work', holder, NOW, NOW + 5)], [holder, false]);
      }
      assert.equal(await leases.take('work', 'of work', NOW, NOW + 5), true);
    },
  ),
  storeCase(
    'leases.no-clock',
    'leases of 1970 and of 9999 work like others: no store reads a clock',
    async ({ leases }) => {
      for (const now of [0, YEAR_9999]) {
        assert.equal(await leases.take(`at-${now}`, 'a', now, now + 1), true);
        assert.equal(await leases.take(`at-${now}`, 'b', now, now + 1), false);
        assert.equal(await leases.take(`at-${now}`, 'b', now + 1, now + 2), true);
      }
    },
  ),
  connectionCase(
    'leases.take',
    'a lease that was taken over one connection is taken over every other',
    async (here, there) => {
      assert.equal(await here.leases.take('work', 'a', NOW, NOW + 5), true);
      assert.equal(await there.leases.take('work', 'b', NOW, NOW + 5), false);
      assert.equal(await there.leases.take('work', 'b', NOW + 5, NOW + 9), true);
      assert.equal(await here.leases.take('work', 'a', NOW + 6, NOW + 9), false);
      await there.leases.release('work', 'b');
      assert.equal(await here.leases.take('work', 'a', NOW + 6, NOW + 9), true);
    },
  ),
];
