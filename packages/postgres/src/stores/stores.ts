import type { Stores } from '@vestibule/server';
import type { Database } from '../database/database.ts';
import { createPostgresAuditLog } from './audit-log.ts';
import { createPostgresClientStore } from './client/client-store.ts';
import { createPostgresCommit } from './commit/commit.ts';
import { createPostgresGrantStore } from './grant/grant-store.ts';
import { createPostgresInitialAccessTokenStore } from './initial-access-token-store.ts';
import { createPostgresKeyStore } from './key-store.ts';
import { createPostgresLeaseStore } from './lease-store.ts';
import { createPostgresOneTimeStore } from './one-time-store.ts';
import { createPostgresPersonStore } from './person-store.ts';
import { createPostgresProviderTokenStore } from './provider-token-store.ts';
import { createPostgresRealmStore } from './realm-store.ts';
import { createPostgresReplayStore } from './replay-store.ts';
import { createPostgresRevokedTokenStore } from './revoked-token-store.ts';
import { createPostgresSessionStore } from './session-store.ts';
import { createPostgresSweeper, type SweeperOptions } from './sweep.ts';
import { createPostgresInteractionStore } from './interaction-store.ts';

/** All stores on one database. */
export function createPostgresStores(database: Database, options: SweeperOptions = {}): Stores {
  const commit = createPostgresCommit(database);
  return {
    commit,
    realms: createPostgresRealmStore(database),
    clients: createPostgresClientStore(database),
    initialAccessTokens: createPostgresInitialAccessTokenStore(database),
    people: createPostgresPersonStore(database),
    audit: createPostgresAuditLog(database),
    interactions: createPostgresInteractionStore(database),
    codes: createPostgresOneTimeStore(database, 'codes'),
    grants: createPostgresGrantStore(database, commit),
    sessions: createPostgresSessionStore(database),
    keys: createPostgresKeyStore(database),
    pushedRequests: createPostgresOneTimeStore(database, 'pushed_requests'),
    finishedSignIns: createPostgresOneTimeStore(database, 'finished_sign_ins'),
    replays: createPostgresReplayStore(database),
    revokedTokens: createPostgresRevokedTokenStore(database),
    providerTokens: createPostgresProviderTokenStore(database),
    leases: createPostgresLeaseStore(database),
    ...createPostgresSweeper(database, options),
  };
}
