import type { Stores } from '@vestibule/server';
import type { Database } from '../database/database.ts';
import { createPostgresAuditLog } from './audit-log.ts';
import { createPostgresClientStore } from './client/client-store.ts';
import { createPostgresGrantStore } from './grant-store.ts';
import { createPostgresInitialAccessTokenStore } from './initial-access-token-store.ts';
import { createPostgresKeyStore } from './key-store.ts';
import { createPostgresLeaseStore } from './lease-store.ts';
import { createPostgresOneTimeStore } from './one-time-store.ts';
import { createPostgresPersonStore } from './person-store.ts';
import { createPostgresRealmStore } from './realm-store.ts';
import { createPostgresSessionStore } from './session-store.ts';
import { createPostgresSweeper, type SweeperOptions } from './sweep.ts';
import { createPostgresTransactionStore } from './transaction-store.ts';

/** Every store there is, on one database. */
export function createPostgresStores(database: Database, options: SweeperOptions = {}): Stores {
  return {
    realms: createPostgresRealmStore(database),
    clients: createPostgresClientStore(database),
    initialAccessTokens: createPostgresInitialAccessTokenStore(database),
    people: createPostgresPersonStore(database),
    audit: createPostgresAuditLog(database),
    transactions: createPostgresTransactionStore(database),
    codes: createPostgresOneTimeStore(database),
    grants: createPostgresGrantStore(database),
    sessions: createPostgresSessionStore(database),
    keys: createPostgresKeyStore(database),
    leases: createPostgresLeaseStore(database),
    ...createPostgresSweeper(database, options),
  };
}
