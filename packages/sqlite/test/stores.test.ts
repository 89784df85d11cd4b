import { testStores } from '@vestibule/store-testkit/vitest';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { open, temporaryFolder } from './fixtures/folder.ts';
import { openStores } from './fixtures/open-stores.ts';

testStores('SQLite in a file', {
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-sqlite-'));
    const path = join(folder, 'vestibule.db');
    const { stores, close } = openStores(path);
    return {
      stores,
      connect: async () => openStores(path),
      elsewhere: { module: new URL('fixtures/open-stores.ts', import.meta.url).href, argument: path },
      close: async () => {
        await close();
        await rm(folder, { recursive: true });
      },
    };
  },
});

testStores('SQLite in memory', { open: async () => openStores(':memory:') });

test('a new file can be read by its owner alone', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  await open({ path }).ping();
  for (const suffix of ['', '-wal', '-shm']) {
    expect((await stat(`${path}${suffix}`)).mode & 0o777).toBe(0o600);
  }
});
