import type { StoreHarness } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { openStores } from './support/elsewhere.ts';
import { createSchema, type Schema } from './support/schema.ts';

const module = import.meta.resolve('./support/elsewhere.ts');

/** Empties every table, whichever there are. */
const CLEAR = `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT table_name FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_name <> 'schema_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
  END $$`;

/** A schema for each case; one that was used is cleared and used again, which is quicker than making another. */
function harness(processes: boolean, ...settings: readonly string[]): StoreHarness {
  const free: Schema[] = [];
  return {
    open: async () => {
      const schema = free.pop() ?? (await createSchema(...settings));
      const { stores, close } = await openStores(schema.url);
      return {
        stores,
        connect: () => openStores(schema.url),
        ...(processes && { elsewhere: { module, argument: schema.url } }),
        close: async () => {
          await close();
          await schema.sql(CLEAR);
          free.push(schema);
        },
      };
    },
  };
}

testStores('PostgreSQL', harness(true));

/** As the distributed engines are: whoever meets others fails, and has to try again. */
testStores('PostgreSQL, serializable', harness(false, 'default_transaction_isolation=serializable'));
