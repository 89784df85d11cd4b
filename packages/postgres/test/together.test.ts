import { storeCases } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { afterAll, beforeAll } from 'vitest';
import { CLEAR } from './support/clear.ts';
import { openStores } from './support/open-stores.ts';
import { createSchema, type Schema } from './support/schema.ts';

/** Applies to later events only. */
const NO_EVENTS = 'ALTER TABLE audit_events ADD CONSTRAINT no_events CHECK (false) NOT VALID';
const EVENTS_AGAIN = 'ALTER TABLE audit_events DROP CONSTRAINT IF EXISTS no_events';

/** One schema for all cases, emptied after each: creating one takes more time than most cases. */
let schema: Schema;
let opened: Awaited<ReturnType<typeof openStores>>;
beforeAll(async () => {
  schema = await createSchema();
  opened = await openStores(schema.url);
});
afterAll(async () => {
  await opened.close();
  await schema.drop();
});

testStores(
  'PostgreSQL that cannot record events',
  {
    open: async () => ({
      stores: opened.stores,
      failEvents: async () => void (await schema.sql(NO_EVENTS)),
      close: async () => {
        await schema.sql(EVENTS_AGAIN);
        await schema.sql(CLEAR);
      },
    }),
  },
  storeCases.filter(({ requires }) => requires.includes('event-failures')),
);
