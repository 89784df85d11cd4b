import { type OpenedConnection, storeCases, type StoreHarness } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { afterAll } from 'vitest';
import { CLEAR } from './support/clear.ts';
import { openStores } from './support/open-stores.ts';
import { createSchema, type Schema } from './support/schema.ts';

const module = import.meta.resolve('./support/open-stores.ts');

/** A schema, with the connections to it. */
interface Kept {
  readonly schema: Schema;
  readonly opened: OpenedConnection;
  /** Further open connections that are idle. */
  readonly spare: OpenedConnection[];
}

/**
 * A schema for each case. A used one is emptied and reused with its open connections, which is faster than creating another.
 */
function harness(processes: boolean, ...settings: readonly string[]): StoreHarness {
  const free: Kept[] = [];
  const all: OpenedConnection[] = [];
  const schemas: Schema[] = [];
  afterAll(async () => {
    await Promise.all(all.map((opened) => opened.close()));
    await Promise.all(schemas.map((schema) => schema.drop()));
  });

  const open = async ({ url }: Schema): Promise<OpenedConnection> => {
    const opened = await openStores(url);
    all.push(opened);
    return opened;
  };
  const keep = async (schema: Schema): Promise<Kept> => {
    schemas.push(schema);
    return { schema, opened: await open(schema), spare: [] };
  };

  return {
    open: async () => {
      const kept = free.pop() ?? (await keep(await createSchema(...settings)));
      const { schema, opened, spare } = kept;
      return {
        stores: opened.stores,
        connect: async () => {
          const other = spare.pop() ?? (await open(schema));
          return { stores: other.stores, close: async () => void spare.push(other) };
        },
        ...(processes && { elsewhere: { module, argument: schema.url } }),
        close: async () => {
          await schema.sql(CLEAR);
          free.push(kept);
        },
      };
    },
  };
}

testStores('PostgreSQL', harness(true));

/**
 * Like distributed databases: a concurrent statement fails and has to be retried. Random commits come one after the other, so
 * nothing about them is different.
 */
testStores(
  'PostgreSQL, serializable',
  harness(false, 'default_transaction_isolation=serializable'),
  storeCases.filter(({ id }) => !id.startsWith('commit.random.')),
);
