import { createPostgresStores, openDatabase } from '@vestibule/postgres';
import type { OpenStores } from '@vestibule/store-testkit';

/** Opens the stores at an address, in any process. */
export const openStores: OpenStores = async (argument) => {
  const database = await openDatabase({ url: String(argument), maxConnections: 5 });
  return { stores: createPostgresStores(database), close: () => database.close() };
};
