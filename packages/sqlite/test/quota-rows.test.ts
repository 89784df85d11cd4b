import { temporaryFolder } from '@vestibule/testing/folder';
import { NOW } from '@vestibule/testing/now';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { open } from './fixtures/open.ts';

test('a limit and its shares are stored side by side, under hashes', async () => {
  const database = open({ path: join(temporaryFolder(), 'vestibule.db') });
  const { commit } = createSqliteStores(database);
  const limits = [1, 2, 3, 4].map((number) => `redirect-uris:${number}`);
  const limit = { uses: 1, seconds: 60 };
  for (const key of limits) {
    const whole = { kind: 'quota.reserve', key, limit, at: NOW } as const;
    await commit([whole, { ...whole, key: `${key}:network`, partOf: key }]);
  }
  const keys = database
    .prepare<[], { readonly key: string }>('SELECT key FROM rate_limits ORDER BY key')
    .all()
    .map(({ key }) => key);
  expect(keys).toHaveLength(2 * limits.length);
  expect(keys.join()).not.toContain('redirect');
  const beginnings = keys.map((key) => key.slice(0, 12));
  expect(beginnings.filter((_, index) => index % 2 === 0)).toEqual(
    beginnings.filter((_, index) => index % 2 === 1),
  );
});
