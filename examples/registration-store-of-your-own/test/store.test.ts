import { registrationCases, type StoreHarness } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
