import {
  createMemoryAuditLog,
  createMemoryClientStore,
  createMemoryInitialAccessTokenStore,
  createMemoryLeaseStore,
  createMemoryRealmStore,
  keptWithStores,
} from '@vestibule/core/memory';
import type { AuthorizationCode } from '../code/authorization-code.ts';
import type { PushedRequest } from '../pushed-request/pushed-request.ts';
import type { Stores } from '../stores.ts';
import { createMemoryGrantStore } from './grant-store.ts';
import { createMemoryKeyStore } from './key-store.ts';
import { createMemoryOneTimeStore } from './one-time-store.ts';
import { createMemoryPersonStore } from './person-store.ts';
import { createMemoryReplayStore } from './replay-store.ts';
import { createMemoryRevokedTokenStore } from './revoked-token-store.ts';
import { createMemorySessionStore } from './session-store.ts';
import { createMemoryTransactionStore } from './transaction-store.ts';

export { createMemoryGrantStore, createMemoryKeyStore, createMemoryOneTimeStore, createMemoryPersonStore };
export { createMemoryReplayStore, createMemoryRevokedTokenStore };
export { createMemorySessionStore, createMemoryTransactionStore };

/** Everything that is kept, in memory. For tests and first steps. */
export function createMemoryStores(): Stores {
  const audit = createMemoryAuditLog();
  const transactions = createMemoryTransactionStore();
  const codes = createMemoryOneTimeStore<AuthorizationCode>();
  const grants = createMemoryGrantStore({ codes, audit });
  const sessions = createMemorySessionStore();
  const initialAccessTokens = createMemoryInitialAccessTokenStore();
  const leases = createMemoryLeaseStore();
  const pushedRequests = createMemoryOneTimeStore<PushedRequest>();
  const replays = createMemoryReplayStore();
  const revokedTokens = createMemoryRevokedTokenStore();
  const once = [codes, pushedRequests, replays, revokedTokens];
  const sweepers = [transactions, ...once, grants, sessions, initialAccessTokens, leases, audit];
  return {
    realms: createMemoryRealmStore(),
    clients: createMemoryClientStore(audit),
    initialAccessTokens,
    people: createMemoryPersonStore(),
    audit: keptWithStores(audit),
    transactions,
    codes,
    grants,
    sessions,
    keys: createMemoryKeyStore(),
    leases,
    pushedRequests,
    replays,
    revokedTokens,
    sweep: async (now, limit) => {
      let count = 0;
      for (const store of sweepers) {
        count += await store.sweep(now, limit);
      }
      return count;
    },
  };
}
