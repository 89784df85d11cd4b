import type { ClientStore, RealmStore, Sweeper } from '@vestibule/core';
import type { PersonStore, ServerStores } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import { createSqliteAuditLog, type SqliteAuditLog } from './audit-log.ts';
import { createSqliteClientStore } from './client-store.ts';
import { createSqliteGrantStore } from './grant-store.ts';
import { createSqliteKeyStore } from './key-store.ts';
import { createSqliteOneTimeStore } from './one-time-store.ts';
import { createSqlitePersonStore } from './person-store.ts';
import { createSqliteRealmStore } from './realm-store.ts';
import { createSqliteSessionStore } from './session-store.ts';
import { createSqliteSweeper, type SweeperOptions } from './sweep.ts';
import { createSqliteTransactionStore } from './transaction-store.ts';

/** Every store there is, on one database. */
export interface SqliteStores extends ServerStores, Sweeper {
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  readonly people: PersonStore;
  readonly audit: SqliteAuditLog;
}

export function createSqliteStores(database: Database, options: SweeperOptions = {}): SqliteStores {
  return {
    realms: createSqliteRealmStore(database),
    clients: createSqliteClientStore(database),
    people: createSqlitePersonStore(database),
    audit: createSqliteAuditLog(database),
    transactions: createSqliteTransactionStore(database),
    codes: createSqliteOneTimeStore(database),
    grants: createSqliteGrantStore(database),
    sessions: createSqliteSessionStore(database),
    keys: createSqliteKeyStore(database),
    ...createSqliteSweeper(database, options),
  };
}
