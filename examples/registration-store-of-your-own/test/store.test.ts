import { isStoreUnavailable } from '@vestibule/core';
import { registrationCases, type StoreHarness } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@vestibule/testing/folder';
import { expect, onTestFinished, test } from 'vitest';
import { createStores } from '../src/store/stores.ts';
import { openTables } from '../src/store/tables.ts';
import { openStores } from './elsewhere.ts';

const harness: StoreHarness = {
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-example-'));
    const path = join(folder, 'application.db');
    const { stores, close } = await openStores(path);
    return {
      stores,
      connect: () => openStores(path),
      elsewhere: { module: new URL('elsewhere.ts', import.meta.url).href, argument: path },
      failEvents: async () => {
        const tables = openTables(path);
        tables.run("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END", {});
        tables.close();
      },
      close: async () => {
        await close();
        await rm(folder, { recursive: true });
      },
    };
  },
};

testStores('the application', harness, registrationCases);

test('a database that another connection keeps busy is an outage', async () => {
  const path = join(temporaryFolder(), 'application.db');
  const [busy, tables] = [openTables(path), openTables(path, 0)];
  onTestFinished(() => [busy, tables].forEach(({ close }) => close()));
  busy.run('BEGIN IMMEDIATE', {});
  const error: unknown = await createStores(tables)
    .clients.find('main', 'id')
    .catch((thrown: unknown) => thrown);
  expect(isStoreUnavailable(error)).toBe(true);
});
