import { storeCases } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { openStores } from './support/elsewhere.ts';
import { createSchema } from './support/schema.ts';

const NO_EVENTS = 'ALTER TABLE audit_events ADD CONSTRAINT no_events CHECK (false)';

testStores(
  'PostgreSQL that cannot record events',
  {
    open: async () => {
      const schema = await createSchema();
      const { stores, close } = await openStores(schema.url);
      return {
        stores,
        failEvents: async () => void (await schema.sql(NO_EVENTS)),
        close: async () => {
          await close();
          await schema.drop();
        },
      };
    },
  },
  storeCases.filter(({ requires }) => requires.includes('event-failures')),
);
