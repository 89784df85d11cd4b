import type { Stores } from '@vestibule/server';
import { createSqliteAuditLog } from './audit-log.ts';
import { createSqliteClientStore } from './client/client-store.ts';
import { createSqliteCommit } from './commit/commit.ts';
import type { SqliteDatabase } from '../database/database.ts';
import { createSqliteGrantStore } from './grant/grant-store.ts';
import { createSqliteInitialAccessTokenStore } from './initial-access-token-store.ts';
import { createSqliteKeyStore } from './key-store.ts';
import { createSqliteLeaseStore } from './lease-store.ts';
import { createSqliteOneTimeStore } from './one-time-store.ts';
import { createSqlitePersonStore } from './person-store.ts';
import { createSqliteProviderTokenStore } from './provider-token-store.ts';
import { createSqliteRealmStore } from './realm-store.ts';
import { createSqliteReplayStore } from './replay-store.ts';
import { createSqliteRevokedTokenStore } from './revoked-token-store.ts';
import { createSqliteSessionStore } from './session-store.ts';
import { createSqliteSweeper, type SweeperOptions } from './sweep.ts';
import { createSqliteInteractionStore } from './interaction-store.ts';

/** All stores on one database. */
export function createSqliteStores(database: SqliteDatabase, options: SweeperOptions = {}): Stores {
  return {
    realms: createSqliteRealmStore(database),
    clients: createSqliteClientStore(database),
    initialAccessTokens: createSqliteInitialAccessTokenStore(database),
    people: createSqlitePersonStore(database),
    audit: createSqliteAuditLog(database),
    interactions: createSqliteInteractionStore(database),
    codes: createSqliteOneTimeStore(database, 'codes'),
    grants: createSqliteGrantStore(database),
    sessions: createSqliteSessionStore(database),
    keys: createSqliteKeyStore(database),
    pushedRequests: createSqliteOneTimeStore(database, 'pushed_requests'),
    finishedSignIns: createSqliteOneTimeStore(database, 'finished_sign_ins'),
    replays: createSqliteReplayStore(database),
    revokedTokens: createSqliteRevokedTokenStore(database),
    providerTokens: createSqliteProviderTokenStore(database),
    leases: createSqliteLeaseStore(database),
    commit: createSqliteCommit(database),
    ...createSqliteSweeper(database, options),
  };
}
