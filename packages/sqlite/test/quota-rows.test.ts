import type { Change } from '@vestibule/server';
import { temporaryFolder } from '@vestibule/testing/folder';
import { NOW } from '@vestibule/testing/now';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { client } from './support/client.ts';
import { open } from './support/open.ts';

interface Row {
  readonly key: string;
  readonly points: number;
  readonly expire: number;
}

function setUp() {
  const database = open({ path: join(temporaryFolder(), 'vestibule.db') });
  const { commit } = createSqliteStores(database);
  const select = database.prepare<[], Row>('SELECT * FROM rate_limits ORDER BY key');
  return {
    database,
    commit,
    rows: () => select.all(),
    /** Commits that share a transaction. Returns which of them were made. */
    together: async (...commits: readonly (readonly Change[])[]) =>
      (await Promise.all(commits.map((changes) => commit(changes)))).map(({ committed }) => committed),
  };
}

const use = (key: string, uses: number, at = NOW) =>
  ({ kind: 'quota.reserve', key, limit: { uses, seconds: 60 }, at }) as const;

/** A change that is not made, because the client is there. */
const failing = (id: string) => ({ kind: 'client.insert', client: client(id) }) as const;

test('a limit and its shares are stored side by side, under hashes', async () => {
  const { commit, rows } = setUp();
  const limits = [1, 2, 3, 4].map((number) => `redirect-uris:${number}`);
  for (const key of limits) {
    const whole = use(key, 1);
    await commit([whole, { ...whole, key: `${key}:network`, partOf: key }]);
  }
  const keys = rows().map(({ key }) => key);
  expect(keys).toHaveLength(2 * limits.length);
  expect(keys.join()).not.toContain('redirect');
  const beginnings = keys.map((key) => key.slice(0, 12));
  expect(beginnings.filter((_, index) => index % 2 === 0)).toEqual(
    beginnings.filter((_, index) => index % 2 === 1),
  );
});

test('commits of one transaction use a limit no more often than it allows', async () => {
  const { together, rows } = setUp();
  const five = Array.from({ length: 5 }, () => [use('realm', 3)]);
  expect(await together(...five)).toEqual([true, true, true, false, false]);
  expect(rows()).toMatchObject([{ points: 3, expire: NOW + 60_000 }]);
  expect(await together([use('realm', 4)], [use('realm', 4)])).toEqual([true, false]);
  expect(rows()).toMatchObject([{ points: 4 }]);
});

test.each([
  ['the first use in the transaction', []],
  ['the second use in the transaction', [[use('realm', 3)]]],
  ['the third use in the transaction', [[use('realm', 3)], [use('realm', 3)]]],
])('a commit that fails gives its uses back: %s', async (_, before) => {
  const { commit, together, rows } = setUp();
  await commit([failing('app')]);
  const wanted = [use('realm', 3)];
  const after = Array.from({ length: 4 }, () => wanted);
  expect(await together(...before, [use('realm', 3), use('other', 3), failing('app')], ...after)).toEqual([
    ...before.map(() => true),
    false,
    ...after.map((__, index) => index + before.length < 3),
  ]);
  expect(rows().map(({ points }) => points)).toEqual([3]);
});

test('a window that has ended begins again within a transaction', async () => {
  const { together, rows } = setUp();
  const later = NOW + 60_000;
  expect(
    await together([use('realm', 1)], [use('realm', 1)], [use('realm', 1, later)], [use('realm', 1, later)]),
  ).toEqual([true, false, true, false]);
  expect(rows()).toMatchObject([{ points: 1, expire: later + 60_000 }]);
});

test('what follows in the transaction finds the uses in the table', async () => {
  const { commit, database, rows } = setUp();
  const [, , { row }] = await Promise.all([
    commit([use('realm', 9)]),
    commit([use('realm', 9)]),
    database.statement('UPDATE rate_limits SET points = points + 1 RETURNING points', []),
    commit([use('realm', 9)]),
  ]);
  expect(row).toEqual({ points: 3 });
  expect(rows()).toMatchObject([{ points: 4 }]);
});
