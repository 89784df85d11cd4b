import { strict as assert } from 'node:assert';
import type { Instant, Limit } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { connectionCase, type StoreCase, storeCase } from '../../harness/case.ts';
import { LONG, NUL, UNICODE } from '../../sample/text.ts';
import { NOW, YEAR_9999 } from '../../sample/time.ts';
import { changeCases } from './change-cases.ts';
import { reserve } from './changes.ts';
import { tried } from './picture.ts';

const COMMITTED = { committed: true };
const refused = (retryAfter: number) => ({
  committed: false,
  index: 0,
  unmet: { kind: 'quota.reserve', retryAfter },
});

const use = ({ commit }: Stores, limit: Partial<Limit>, at: Instant = NOW, key = 'key') =>
  commit([reserve(key, limit, at)]);

/** Asserts that a key was not used. */
async function assertUnused(stores: Stores, key: string): Promise<void> {
  const outcome = await tried(stores, reserve(key, { uses: 1 }));
  assert.deepStrictEqual(outcome, { committed: false, index: 1, unmet: { kind: 'session.require' } });
}

/** Windows of a limit in seconds, the milliseconds since they began, and when a use is possible again, in seconds. */
const WAITS = [
  [60, 0, 60],
  [60, 1, 60],
  [60, 999, 60],
  [60, 1_000, 59],
  [60, 59_000, 1],
  [60, 59_999, 1],
  [1, 999, 1],
  [86_400, 0, 86_400],
] as const;

/** Keys that are easily mixed up. */
const KEYS = [
  '',
  'key',
  'KEY',
  'key ',
  ' key',
  'kéy',
  'ke\u0301y',
  'key:1',
  NUL,
  'before',
  UNICODE,
  LONG,
  `${LONG}x`,
];

export const quotaCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'reserves',
        title: 'a use of a limit is counted',
        change: reserve('one', { uses: 1 }),
        check: async (stores) =>
          assert.deepStrictEqual(await use(stores, { uses: 1 }, NOW, 'one'), refused(60)),
      },
    ],
    [
      {
        name: 'used-up',
        title: 'no use is left when a limit is used up',
        before: (stores) => use(stores, {}, NOW - 1, 'one'),
        change: reserve('one', { uses: 1 }),
        unmet: { kind: 'quota.reserve', retryAfter: 60 },
      },
      {
        name: 'of-no-uses',
        title: 'a limit of no uses has none left',
        change: reserve('one', { uses: 0, seconds: 7 }),
        unmet: { kind: 'quota.reserve', retryAfter: 7 },
      },
    ],
  ),
  storeCase(
    'commit.quota.reserve.exact',
    'as many uses are made as the limit allows, and a refused one is not counted',
    async (stores) => {
      for (const uses of [1, 2, 3]) {
        assert.deepStrictEqual([uses, await use(stores, { uses: 3 })], [uses, COMMITTED]);
      }
      for (const _ of [4, 5]) assert.deepStrictEqual(await use(stores, { uses: 3 }), refused(60));
      assert.deepStrictEqual(await use(stores, { uses: 4 }), COMMITTED);
    },
  ),
  storeCase(
    'commit.quota.reserve.window',
    'a window ends exactly at its end, and the next one begins with the next use',
    async (stores) => {
      const end = NOW + 60_000;
      await use(stores, { uses: 1 });
      assert.deepStrictEqual(await use(stores, { uses: 1 }, end - 1), refused(1));
      assert.deepStrictEqual(await use(stores, { uses: 1 }, end), COMMITTED);
      assert.deepStrictEqual(await use(stores, { uses: 1 }, end), refused(60));
      assert.deepStrictEqual(await use(stores, { uses: 1 }, end + 70_000), COMMITTED);
      assert.deepStrictEqual(await use(stores, { uses: 1 }, end + 70_001), refused(60));
    },
  ),
  storeCase(
    'commit.quota.reserve.fixed-window',
    'later uses of a window do not prolong it, and neither does a limit with a longer one',
    async (stores) => {
      await use(stores, { uses: 3 });
      await use(stores, { uses: 3 }, NOW + 59_000);
      assert.deepStrictEqual(await use(stores, { uses: 2, seconds: 600 }, NOW + 59_000), refused(1));
      for (const _ of [1, 2, 3]) {
        assert.deepStrictEqual(await use(stores, { uses: 3 }, NOW + 60_000), COMMITTED);
      }
    },
  ),
  ...WAITS.map(([seconds, since, retryAfter]) =>
    storeCase(
      `commit.quota.reserve.wait-${seconds}-${since}`,
      'the wait is in whole seconds, rounded up, and at least one',
      async (stores) => {
        await use(stores, { uses: 1, seconds });
        const outcome = await use(stores, { uses: 1, seconds }, NOW + since);
        assert.deepStrictEqual(outcome, refused(retryAfter));
      },
    ),
  ),
  storeCase(
    'commit.quota.reserve.none',
    'a limit of no uses waits for the end of the current window, and begins none',
    async (stores) => {
      assert.deepStrictEqual(await use(stores, { uses: 0, seconds: 9 }), refused(9));
      assert.deepStrictEqual(await use(stores, { uses: 1 }), COMMITTED);
      assert.deepStrictEqual(await use(stores, { uses: 0, seconds: 9 }), refused(60));
    },
  ),
  storeCase(
    'commit.quota.reserve.keys',
    'each key has its own uses, whatever its text is',
    async (stores) => {
      for (const key of KEYS) {
        await assertUnused(stores, key);
        assert.deepStrictEqual(await use(stores, { uses: 1 }, NOW, key), COMMITTED);
      }
      for (const key of KEYS) assert.deepStrictEqual(await use(stores, { uses: 1 }, NOW, key), refused(60));
    },
  ),
  storeCase(
    'commit.quota.reserve.shares',
    'a limit and each of its shares are counted apart',
    async (stores) => {
      const share = { ...reserve('whole:a', { uses: 1 }), partOf: 'whole' };
      const shares = [share, { ...share, key: 'whole:b' }];
      for (const one of shares) assert.deepStrictEqual(await stores.commit([one]), COMMITTED);
      for (const one of shares) assert.deepStrictEqual(await stores.commit([one]), refused(60));
      await assertUnused(stores, 'whole');
      await assertUnused(stores, 'other');
      assert.deepStrictEqual(await use(stores, { uses: 1 }, NOW, 'whole'), COMMITTED);
      assert.deepStrictEqual(await use(stores, { uses: 1 }, NOW, 'whole'), refused(60));
    },
  ),
  storeCase(
    'commit.quota.reserve.no-clock',
    'windows of 1970 and of 9999 work like others: no store reads a clock',
    async (stores) => {
      for (const at of [0, YEAR_9999]) {
        assert.deepStrictEqual(await use(stores, { uses: 1 }, at, `at-${at}`), COMMITTED);
        assert.deepStrictEqual(await use(stores, { uses: 1 }, at + 1, `at-${at}`), refused(60));
      }
    },
  ),
  connectionCase(
    'commit.quota.reserve',
    'uses are counted together over every connection',
    async (here, there) => {
      for (const stores of [here, there, here]) {
        assert.deepStrictEqual(await use(stores, { uses: 3 }), COMMITTED);
      }
      for (const stores of [here, there]) assert.deepStrictEqual(await use(stores, { uses: 3 }), refused(60));
    },
  ),
];
