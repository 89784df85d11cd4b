import { storeCases } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { createSqliteStores } from '../src/index.ts';
import { open } from './support/open.ts';

/** As on a disk that becomes full at that moment. */
const NO_EVENTS = `
  CREATE TRIGGER no_events BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room for events'); END`;

testStores(
  'SQLite that cannot record events',
  {
    open: async () => {
      const database = open({ path: join(temporaryFolder(), 'vestibule.db') });
      return {
        stores: createSqliteStores(database),
        failEvents: async () => void (await database.statement(NO_EVENTS, [])),
        close: () => database.close(),
      };
    },
  },
  storeCases.filter(({ requires }) => requires.includes('event-failures')),
);
