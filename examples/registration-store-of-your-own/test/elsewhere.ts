import { createMemoryStores } from '@vestibule/server/memory';
import { completeStores, type OpenStores } from '@vestibule/store-testkit';
import { createStores } from '../src/store/stores.ts';
import { openTables } from '../src/store/tables.ts';

/** Opens the stores of the application in a file. */
export const openStores: OpenStores = async (path) => {
  const tables = openTables(String(path));
  const stores = completeStores(createStores(tables), createMemoryStores());
  return { stores, close: async () => tables.close() };
};
