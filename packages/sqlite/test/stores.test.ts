import { testStores } from '@vestibule/store-testkit/vitest';
import { temporaryFolder } from '@vestibule/testing/folder';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { open } from './support/open.ts';
import { openStores } from './support/open-stores.ts';
import { storesInFiles } from './support/stores-in-files.ts';

testStores('SQLite in a file', storesInFiles());

testStores('SQLite in memory', { open: async () => openStores(':memory:') });

test('a new file can be read by its owner alone', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  await open({ path }).ping();
  for (const suffix of ['', '-wal', '-shm']) {
    expect((await stat(`${path}${suffix}`)).mode & 0o777).toBe(0o600);
  }
});
